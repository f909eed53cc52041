#include "app/console/console_app.h"
#include "app/core/private_process.h"

int main(int argc, char** argv)
{
    countersign::app::keepMemoryPrivate();
    return countersign::app::runConsole(argc, argv);
}
