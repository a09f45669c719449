#include "models/main/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "engine/base/wrapped_text.hpp"
#include "models/main/language.hpp"
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

Message phase_name(const std::string& phase) {
  for (const MessageId known : {msgid("synthesis"), msgid("calibration"), msgid("simulation")})
    if (phase == known.text) return known;
  return Message::verbatim(phase);
}

Message about(double seconds) {
  constexpr double minute = 60, hour = 3600, in_seconds = 100, in_minutes = 100 * minute;
  if (seconds < in_seconds) return message("{} s", fmt::format("{:.0f}", seconds));
  if (seconds < in_minutes) return message("{} min", fmt::format("{:.0f}", seconds / minute));
  return message("{} h", fmt::format("{:.1f}", seconds / hour));
}

Message duration(double seconds) {
  if (seconds < 60) return message("{} s", fmt::format("{:.1f}", seconds));
  const auto whole = static_cast<long>(seconds + 0.5);
  return message("{} min {} s", whole / 60, fmt::format("{:02d}", whole % 60));
}

void draw_bar(const ProgressNews& news, const std::string& language) {
  constexpr std::size_t width = 30;
  const double share = news.total ? static_cast<double>(news.done) / static_cast<double>(news.total) : 1;
  const auto filled = std::min(width, static_cast<std::size_t>(share * width));
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
  const bool ended = news.done >= news.total;
  const Message elapsed =
      message("{} {}/{} · elapsed {}", phase_name(news.phase), news.done, news.total, duration(news.elapsed));
  const Message line =
      news.remaining >= 0 && !ended ? message("{} · about {} remaining", elapsed, about(news.remaining)) : elapsed;
  remark(fmt::format("\r\033[K{} {}{}", bar, in_words(line, language), ended ? "\n" : ""));
}

/// How long a run takes, once its first task says it, where it takes long. True: there is no more to say.
bool tell_estimate(const ProgressNews& news, const std::string& language, bool on_a_terminal) {
  constexpr double worth_saying = 10;  // seconds
  if (news.phase != "simulation" || news.expected < 0 || news.done >= news.total) return false;
  if (news.expected >= worth_saying)
    remark((on_a_terminal ? "\r\033[K" : "") +
           in_words(message("the simulation takes about {}, about {} remaining", about(news.expected),
                            about(news.remaining)),
                    language) +
           "\n");
  return true;
}

std::string as_json(const ProgressNews& n) {
  return fmt::format("{{\"phase\":\"{}\",\"done\":{},\"total\":{},\"elapsed\":{:.2f},\"remaining\":{}}}\n", n.phase,
                     n.done, n.total, n.elapsed,
                     n.remaining < 0 ? std::string("null") : fmt::format("{:.2f}", n.remaining));
}

}  // namespace

std::string duration_text(double seconds) { return duration(seconds).english(); }

namespace {

constexpr std::size_t narrow = 80, wide = 120;

std::optional<std::size_t> columns_of(int descriptor) {
  winsize size{};
  if (!isatty(descriptor) || ioctl(descriptor, TIOCGWINSZ, &size) != 0) return std::nullopt;
  return std::clamp<std::size_t>(size.ws_col, narrow, wide);
}

}  // namespace

std::size_t terminal_width() {
  if (const auto columns = columns_of(STDOUT_FILENO)) return *columns;
  const char* const named = std::getenv("COLUMNS");  // a pipe has no width of its own
  const std::string_view asked = named ? named : "";
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), columns);
  const bool number = error == std::errc() && end == asked.data() + asked.size();
  return number ? std::clamp(columns, narrow, wide) : narrow;
}

std::string for_terminal(const std::string& text, std::size_t least_indent) {
  return isatty(STDOUT_FILENO) ? hanging_lines(text, terminal_width(), least_indent) : text;
}

std::string for_error_terminal(const std::string& text) {
  constexpr std::size_t indent = 4;
  const auto columns = columns_of(STDERR_FILENO);
  if (!columns) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    out += line.starts_with(std::string(indent, ' ')) ? line : hanging_lines(line, *columns, indent);
    at = end;
  }
  return out;
}

std::string about_text(double seconds, const std::string& language) { return in_words(about(seconds), language); }

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
