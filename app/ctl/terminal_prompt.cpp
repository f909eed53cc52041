#include "app/ctl/terminal_prompt.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace countersign::ctl {

namespace {

constexpr std::size_t kLineByteCountMax = 4096;

sigset_t endingSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP})
        sigaddset(&signals, signal);
    return signals;
}

/// The terminal with its echo off, and the ending signals held back until it is on again.
class QuietTerminal
{
public:
    QuietTerminal()
        : m_signals(endingSignals())
        , m_terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (!isOpen() || ::tcgetattr(m_terminal, &m_before) != 0)
            return;
        pthread_sigmask(SIG_BLOCK, &m_signals, &m_maskBefore);
        m_signalQueue = ::signalfd(-1, &m_signals, SFD_CLOEXEC);
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
        m_isQuiet = ::tcsetattr(m_terminal, TCSAFLUSH, &quiet) == 0;
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal()
    {
        if (m_isQuiet)
            ::tcsetattr(m_terminal, TCSAFLUSH, &m_before);
        if (m_signalQueue >= 0) {
            ::close(m_signalQueue);
            // What was held back takes its effect here.
            pthread_sigmask(SIG_SETMASK, &m_maskBefore, nullptr);
        }
        if (m_terminal >= 0)
            ::close(m_terminal);
    }

    [[nodiscard]] bool isOpen() const { return m_terminal >= 0; }
    [[nodiscard]] bool isQuiet() const { return m_isQuiet; }

    void write(const std::string& text) const
    {
        // A terminal that takes no text still takes the answer.
        [[maybe_unused]] const ssize_t written = ::write(m_terminal, text.data(), text.size());
    }

    /// One line into `line`. False at the end of input, or when a signal wants to end the program.
    [[nodiscard]] bool readLine(trust::SecretBytes& line) const
    {
        while (line.size() <= kLineByteCountMax) {
            std::array<pollfd, 2> waits = {
                pollfd{m_terminal, POLLIN, 0}, pollfd{m_signalQueue, POLLIN, 0}};
            if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR)
                return false;
            if ((waits[1].revents & POLLIN) != 0)
                return false;
            if (waits[0].revents == 0)
                continue;
            char c = 0;
            const ssize_t count = ::read(m_terminal, &c, 1);
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return false;
            if (c == '\n')
                return true;
            line.append({&c, 1});
        }
        return true;
    }

private:
    sigset_t m_signals;
    sigset_t m_maskBefore = {};
    termios m_before = {};
    int m_terminal;
    int m_signalQueue = -1;
    bool m_isQuiet = false;
};

} // namespace

Result<trust::SecretBytes> promptHidden(const std::string& question)
{
    const QuietTerminal terminal;
    if (!terminal.isQuiet())
        return fail(
            ErrorCode::InvalidInput,
            "there is no terminal to ask for the passphrase at; give --passphrase-file FILE or "
            "--passphrase-env NAME",
            "passphrase.absent");
    terminal.write(question);
    trust::SecretBytes line;
    const bool hasLine = terminal.readLine(line);
    terminal.write("\n");
    if (!hasLine)
        return fail(ErrorCode::Cancelled, "no passphrase was given", "passphrase.absent");
    if (line.size() > kLineByteCountMax)
        return fail(
            ErrorCode::LimitExceeded, "a passphrase has at most 4096 bytes", "passphrase.size");
    return line;
}

} // namespace countersign::ctl
