# Tests of the pages behind the queue, and of the translations.
countersign_add_test(NAME tst_log_model LABEL unit SOURCES log/tst_log_model.cpp LIBRARIES countersign_ui_test_support)
countersign_add_test(
    NAME tst_entry_facts LABEL unit SOURCES log/tst_entry_facts.cpp LIBRARIES countersign_ui_test_support
)
countersign_add_test(
    NAME tst_ledger_page LABEL unit SOURCES log/tst_ledger_page.cpp LIBRARIES countersign_ui
                                            countersign_ui_test_support
)
countersign_add_test(
    NAME tst_runs_model LABEL unit SOURCES runs/tst_runs_model.cpp LIBRARIES countersign_ui_test_support
)
countersign_add_test(
    NAME tst_runs_page LABEL unit SOURCES runs/tst_runs_page.cpp LIBRARIES countersign_ui
                                          countersign_ui_test_support
)
countersign_add_test(
    NAME tst_packs_page LABEL unit SOURCES packs/tst_packs_page.cpp LIBRARIES countersign_ui
                                           countersign_ui_test_support
)
countersign_add_test(
    NAME tst_people_page LABEL unit SOURCES people/tst_people_page.cpp LIBRARIES countersign_ui
                                            countersign_ui_test_support
)
countersign_add_test(
    NAME tst_manual_page LABEL unit SOURCES manual/tst_manual_page.cpp LIBRARIES countersign_ui
)
countersign_add_test(
    NAME tst_other_screens LABEL unit SOURCES shell/tst_other_screens.cpp LIBRARIES countersign_ui
                                              countersign_ui_test_support
)
countersign_add_test(NAME tst_translations LABEL unit SOURCES tst_translations.cpp LIBRARIES countersign_ui)
get_target_property(lupdate_program Qt6::lupdate IMPORTED_LOCATION)
target_compile_definitions(tst_translations PRIVATE COUNTERSIGN_LUPDATE="${lupdate_program}")
