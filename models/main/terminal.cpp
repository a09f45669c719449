#include "models/main/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

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
  const bool zh = language == "zh";
  const std::string rest =
      news.remaining < 0 ? "" : (zh ? " · 剩余 " : " · remaining ") + duration_text(news.remaining);
  fmt::print(stderr, "\r\033[K{} {} {}/{} · {}{}{}", bar, phase_name(news.phase, language), news.done, news.total,
             zh ? "已用 " : "elapsed ", duration_text(news.elapsed), rest);
  if (news.done >= news.total) fmt::print(stderr, "\n");
  std::fflush(stderr);
}

/// One line for a log, once the first tasks say how long it takes, where it takes long.
bool tell_estimate(const ProgressNews& news, const std::string& language) {
  constexpr double first_tasks = 3, worth_saying = 20;  // seconds
  if (news.elapsed < first_tasks || news.remaining < worth_saying) return false;
  const bool zh = language == "zh";
  fmt::print(stderr, "{} {}/{} · {}{} · {}{}\n", phase_name(news.phase, language), news.done, news.total,
             zh ? "已用 " : "elapsed ", duration_text(news.elapsed),
             zh ? "约剩 " : "about to go: ", duration_text(news.remaining));
  return true;
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

ProgressSink progress_sink(const std::string& mode, const std::string& language) {
  if (mode == "json")
    return [](const ProgressNews& n) {
      fmt::print(stderr, "{{\"phase\":\"{}\",\"done\":{},\"total\":{},\"elapsed\":{:.2f},\"remaining\":{}}}\n", n.phase,
                 n.done, n.total, n.elapsed,
                 n.remaining < 0 ? std::string("null") : fmt::format("{:.2f}", n.remaining));
      std::fflush(stderr);
    };
  if (mode == "bar" || (mode == "auto" && isatty(STDERR_FILENO)))
    return [language](const ProgressNews& news) { draw_bar(news, language); };
  if (mode == "auto")
    return [language, told = false](const ProgressNews& news) mutable {
      if (!told && news.phase == "simulation") told = tell_estimate(news, language);
    };
  return {};
}

InterruptGuard::InterruptGuard() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);  // what a machine that shuts down or a queue that is full sends
}
InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}
const StopFlag& InterruptGuard::flag() const { return interrupted; }

}  // namespace tuopin
