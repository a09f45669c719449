#include "models/main/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "models/main/speech.hpp"

namespace tuopin {

namespace {

// A signal handler can reach nothing else than an object of static storage.
StopFlag interrupted;

extern "C" void on_interrupt(int) {
  interrupted.stop();
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

std::string phase_name(const std::string& phase, const std::string& language) {
  if (language != "zh") return phase;
  if (phase == "synthesis") return "合成人口";
  if (phase == "calibration") return "校准";
  if (phase == "simulation") return "模拟";
  return phase;
}

void draw_bar(const ProgressNews& news, const std::string& language) {
  constexpr std::size_t width = 30;
  const double share = news.total ? static_cast<double>(news.done) / static_cast<double>(news.total) : 1;
  const auto filled = std::min(width, static_cast<std::size_t>(share * width));
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
  const bool zh = language == "zh", ended = news.done >= news.total;
  std::string rest;
  if (news.remaining >= 0 && !ended)
    rest = zh ? " · 约剩" + about_text(news.remaining, language)
              : " · about " + about_text(news.remaining, language) + " remaining";
  remark(fmt::format("\r\033[K{} {} {}/{} · {}{}{}{}", bar, phase_name(news.phase, language), news.done, news.total,
                     zh ? "已用 " : "elapsed ", duration_text(news.elapsed), rest, ended ? "\n" : ""));
}

/// How long a run takes, once its first task says it, where it takes long. True: there is no more to say.
bool tell_estimate(const ProgressNews& news, const std::string& language, bool on_a_terminal) {
  constexpr double worth_saying = 10;  // seconds
  if (news.phase != "simulation" || news.expected < 0 || news.done >= news.total) return false;
  if (news.expected >= worth_saying)
    remark(fmt::format(fmt::runtime(language == "zh" ? "{0}模拟共约{1}，约剩{2}\n"
                                                     : "{0}the simulation takes about {1}, about {2} remaining\n"),
                       on_a_terminal ? "\r\033[K" : "", about_text(news.expected, language),
                       about_text(news.remaining, language)));
  return true;
}

std::string as_json(const ProgressNews& n) {
  return fmt::format("{{\"phase\":\"{}\",\"done\":{},\"total\":{},\"elapsed\":{:.2f},\"remaining\":{}}}\n", n.phase,
                     n.done, n.total, n.elapsed,
                     n.remaining < 0 ? std::string("null") : fmt::format("{:.2f}", n.remaining));
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(seconds + 0.5);
  return fmt::format("{} min {:02d} s", whole / 60, whole % 60);
}

std::size_t terminal_width() {
  constexpr std::size_t narrow = 80, wide = 120;
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return narrow;
  return std::clamp<std::size_t>(size.ws_col, narrow, wide);
}

std::string about_text(double seconds, const std::string& language) {
  constexpr double minute = 60, hour = 3600, in_seconds = 100, in_minutes = 100 * minute;
  const bool zh = language == "zh";
  if (seconds < in_seconds) return fmt::format(fmt::runtime(zh ? "{:.0f}秒" : "{:.0f} s"), seconds);
  if (seconds < in_minutes) return fmt::format(fmt::runtime(zh ? "{:.0f}分钟" : "{:.0f} min"), seconds / minute);
  return fmt::format(fmt::runtime(zh ? "{:.1f}小时" : "{:.1f} h"), seconds / hour);
}

ProgressSink progress_sink(const std::string& mode, const std::string& language) {
  if (mode == "json") return [](const ProgressNews& news) { remark(as_json(news)); };
  const bool bar = mode == "bar" || (mode == "auto" && isatty(STDERR_FILENO));
  if (!bar && mode != "auto") return {};
  return [language, bar, told = false](const ProgressNews& news) mutable {
    if (!told) told = tell_estimate(news, language, bar);
    if (bar) draw_bar(news, language);
  };
}

InterruptGuard::InterruptGuard() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);  // sent when the machine shuts down or a batch queue ends the job
}
InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}
const StopFlag& InterruptGuard::flag() const { return interrupted; }

}  // namespace tuopin
