#include "app/console/console_app.h"

int main(int argc, char** argv)
{
    return countersign::app::runConsole(argc, argv);
}
