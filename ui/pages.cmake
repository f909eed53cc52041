# The pages behind the queue, the manual and how translations are updated. Part of the module `ui`.

target_sources(
    countersign_ui_core
    PRIVATE format/cause_text.cpp
            format/check_text.cpp
            format/entry_text.cpp
            format/notice_text.cpp
            log/entry_facts.cpp
            log/log_model.cpp
            log/log_presenter.cpp
            packs/packs_model.cpp
            packs/packs_presenter.cpp
            people/people_presenter.cpp
            runs/next_step.cpp
            runs/runs_model.cpp
            runs/runs_presenter.cpp
            tables/paged_model.cpp
            tables/text_table_model.cpp
    PUBLIC FILE_SET
           HEADERS
           BASE_DIRS
           ${PROJECT_SOURCE_DIR}
           FILES
           format/cause_text.h
           format/check_text.h
           format/entry_text.h
           format/notice_text.h
           log/entry_facts.h
           log/log_model.h
           log/log_presenter.h
           packs/packs_model.h
           packs/packs_presenter.h
           people/people_presenter.h
           runs/next_step.h
           runs/runs_model.h
           runs/runs_presenter.h
           tables/paged_model.h
           tables/paged_rows.h
           tables/text_table_model.h
)
target_sources(
    countersign_ui
    PRIVATE log/entry_panel.cpp
            log/ledger_page.cpp
            manual/manual_page.cpp
            packs/packs_page.cpp
            people/new_key_panel.cpp
            people/people_page.cpp
            runs/run_timeline.cpp
            runs/runs_page.cpp
            runs/step_row.cpp
            shell/other_pages.cpp
            shell/reading_order.cpp
            tables/table_page.cpp
            tables/verifying_page.cpp
            widgets/report_card.cpp
            widgets/row_table.cpp
            widgets/scroll_column.cpp
            widgets/tone_delegate.cpp
    PUBLIC FILE_SET
           HEADERS
           BASE_DIRS
           ${PROJECT_SOURCE_DIR}
           FILES
           log/entry_panel.h
           log/ledger_page.h
           manual/manual_page.h
           packs/packs_page.h
           people/new_key_panel.h
           people/people_page.h
           runs/run_timeline.h
           runs/runs_page.h
           runs/step_row.h
           shell/other_pages.h
           shell/reading_order.h
           tables/table_page.h
           tables/verifying_page.h
           widgets/report_card.h
           widgets/row_table.h
           widgets/scroll_column.h
           widgets/tone_delegate.h
)
qt_add_resources(
    countersign_ui
    countersign_manual
    PREFIX
    /manual
    BASE
    ${PROJECT_SOURCE_DIR}/resources/manual
    FILES
    ${PROJECT_SOURCE_DIR}/resources/manual/en.md
    ${PROJECT_SOURCE_DIR}/resources/manual/ar.md
)

# To update: `cmake --build … --target update_translations` writes new strings into the .ts file; translate them there
# (`linguist-qt6`); tst_translations fails while one has no finished Arabic text.
file(GLOB_RECURSE translated_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/ui/*.cpp ${PROJECT_SOURCE_DIR}/ui/*.h
     ${PROJECT_SOURCE_DIR}/app/console/*.cpp ${PROJECT_SOURCE_DIR}/app/console/*.h
)
qt_add_lupdate(
    countersign_ui
    LUPDATE_TARGET
    update_translations
    TS_FILES
    ${PROJECT_SOURCE_DIR}/resources/translations/countersign_ar.ts
    SOURCES
    ${translated_files}
    INCLUDE_DIRECTORIES
    ${PROJECT_SOURCE_DIR}
    OPTIONS
    -locations
    none
    -no-obsolete
)
