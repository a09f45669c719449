#include "models/measures/recorder.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tuopin {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double Recorder::bytes() const {
  double sum = 0;
  for (const Slot& s : slots_) sum += static_cast<double>(s.total) * sizeof(double);
  return sum;
}

void Recorder::allocate() {
  for (Slot& s : slots_) s.values = std::make_unique_for_overwrite<double[]>(s.total);
  hashes_.assign(shape_.scenarios.size() * shape_.draws * shape_.replicates * shape_.years(), 0);
}

template <typename Visit>
void Recorder::runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const {
  for (const Slot& s : slots_) {
    if (s.left_out != left_out) continue;  // scenario batch left_out_draw …, or scenario draw replicate …
    const std::size_t outer = left_out ? s.sizes[0] * s.sizes[1] : s.sizes[0];
    const std::size_t before = left_out ? draw * s.strides[2] : draw * s.strides[1] + replicate * s.strides[2];
    for (std::size_t i = 0; i < outer; ++i)
      visit(std::span<double>(s.values.get() + i * s.strides[left_out ? 1 : 0] + before, s.strides[2]));
  }
}

template <typename Visit>
void Recorder::hashes_of(std::size_t draw, std::size_t replicate, const Visit& visit) const {
  for (std::size_t s = 0; s < shape_.scenarios.size(); ++s)
    visit(((s * shape_.draws + draw) * shape_.replicates + replicate) * shape_.years());
}

void Recorder::begin(std::size_t draw, std::size_t replicate) {
  const auto forget = [](std::span<double> run) { std::fill(run.begin(), run.end(), unknown); };
  runs_of(draw, replicate, false, forget);
  if (leaves_out(draw, replicate)) runs_of(draw, replicate, true, forget);
}

TaskPart Recorder::part(std::size_t draw, std::size_t replicate) const {
  TaskPart part;
  part.draw = draw;
  part.replicate = replicate;
  runs_of(draw, replicate, false,
          [&](std::span<double> run) { part.values.insert(part.values.end(), run.begin(), run.end()); });
  if (leaves_out(draw, replicate))
    runs_of(draw, replicate, true,
            [&](std::span<double> run) { part.left_out.insert(part.left_out.end(), run.begin(), run.end()); });
  hashes_of(draw, replicate, [&](std::size_t first) {
    for (std::size_t y = 0; y < shape_.years(); ++y) part.hashes.push_back(hashes_[first + y]);
  });
  return part;
}

bool Recorder::take(const TaskPart& part) {
  if (part.draw >= shape_.draws || part.replicate >= shape_.replicates) return false;
  const bool leaves = leaves_out(part.draw, part.replicate);
  std::size_t values = 0, left_out = 0;
  runs_of(part.draw, part.replicate, false, [&](std::span<double> run) { values += run.size(); });
  if (leaves) runs_of(part.draw, part.replicate, true, [&](std::span<double> run) { left_out += run.size(); });
  if (part.values.size() != values || part.hashes.size() != shape_.scenarios.size() * shape_.years()) return false;
  if (leaves && part.left_out.size() != left_out) return false;
  const auto copy_from = [](const std::vector<double>& all) {
    return [next = all.begin()](std::span<double> run) mutable {
      std::copy_n(next, run.size(), run.begin());
      next += static_cast<std::ptrdiff_t>(run.size());
    };
  };
  auto to_values = copy_from(part.values), to_left_out = copy_from(part.left_out);
  runs_of(part.draw, part.replicate, false, [&](std::span<double> run) { to_values(run); });
  if (leaves) runs_of(part.draw, part.replicate, true, [&](std::span<double> run) { to_left_out(run); });
  auto next = part.hashes.begin();
  hashes_of(part.draw, part.replicate, [&](std::size_t first) {
    for (std::size_t y = 0; y < shape_.years(); ++y) hashes_[first + y] = *next++;
  });
  return true;
}

Recorder::Slot& Recorder::slot(const std::string& name) {
  for (Slot& s : slots_)
    if (s.variable.name == name) return s;
  throw std::logic_error("no recorded variable " + name);
}

std::span<const double> Recorder::values(const std::string& name) const {
  const Slot& s = const_cast<Recorder&>(*this).slot(name);
  return {s.values.get(), s.total};
}

void Recorder::record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year,
                           std::uint64_t hash) {
  hashes_[((scenario * shape_.draws + draw) * shape_.replicates + replicate) * shape_.years() +
          static_cast<std::size_t>(year - shape_.first_year)] = hash;
}

void Recorder::record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year,
                               const std::vector<PlaceSums>& full, const std::vector<PlaceSums>& without,
                               std::int64_t entered_units, std::int64_t entered_persons, std::int64_t spent_fen,
                               std::int64_t claimed_units) {
  const auto y = static_cast<std::size_t>(year - shape_.first_year);
  const auto put = [&](const char* name, double value) {
    Slot& s = slot(name);
    s.values[scenario * s.strides[0] + batch * s.strides[1] + draw * s.strides[2] + y * s.strides[3]] = value;
  };
  std::int64_t out = 0, into = 0;
  for (std::size_t c = 0; c < full.size(); ++c) {
    out += full[c].out_of_poverty - without[c].out_of_poverty;
    into += full[c].into_poverty - without[c].into_poverty;
  }
  put("batches/claimed_units", static_cast<double>(claimed_units));
  put("batches/entered_units", static_cast<double>(entered_units));
  put("batches/entered_persons", static_cast<double>(entered_persons));
  put("batches/spending", static_cast<double>(spent_fen) / 100);
  put("batches/out_of_poverty_lost", static_cast<double>(out));
  put("batches/into_poverty_lost", static_cast<double>(into));
  put("batches/fall_in_poverty_lost", static_cast<double>(out - into));
}

std::uint64_t Recorder::state_hash() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes_) sum = mix64(sum) ^ hash;
  return sum;
}

}  // namespace tuopin
