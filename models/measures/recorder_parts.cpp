// Copies the values of one task out of the recorder and back: checkpoint records of an unfinished study.
#include <algorithm>

#include "models/measures/recorder.hpp"

namespace tuopin {

template <typename Visit>
void Recorder::runs_of(std::size_t draw, std::size_t replicate, bool left_out, const Visit& visit) const {
  for (const Slot& s : slots_) {
    if (s.figure.of_left_out() != left_out) continue;
    // scenario batch left_out_draw …, or scenario draw replicate …
    const std::size_t batches = left_out ? s.layout.size(1) : 1;
    for (std::size_t scenario = 0; scenario < s.layout.size(0); ++scenario)
      for (std::size_t batch = 0; batch < batches; ++batch) {
        const std::size_t first =
            left_out ? s.layout.at({scenario, batch, draw}) : s.layout.at({scenario, draw, replicate});
        visit(std::span<double>(s.values.get() + first, s.layout.behind(3)));
      }
  }
}

template <typename Visit>
void Recorder::hashes_of(std::size_t draw, std::size_t replicate, const Visit& visit) const {
  for (std::size_t s = 0; s < shape_.scenarios.size(); ++s) visit(hash_layout_.at({s, draw, replicate}));
}

void Recorder::begin(std::size_t draw, std::size_t replicate) {
  const auto forget = [](std::span<double> run) { std::fill(run.begin(), run.end(), unknown_figure); };
  runs_of(draw, replicate, false, forget);
  if (leaves_out(draw, replicate)) runs_of(draw, replicate, true, forget);
}

TaskRecord Recorder::part(std::size_t draw, std::size_t replicate) const {
  TaskRecord part;
  part.draw = draw;
  part.replicate = replicate;
  const auto append_to = [](std::vector<double>& all) {
    return [&all](std::span<double> run) { all.insert(all.end(), run.begin(), run.end()); };
  };
  runs_of(draw, replicate, false, append_to(part.values));
  if (leaves_out(draw, replicate)) runs_of(draw, replicate, true, append_to(part.left_out));
  hashes_of(draw, replicate, [&](std::size_t first) {
    for (std::size_t y = 0; y < shape_.years(); ++y) part.hashes.push_back(hashes_[first + y]);
  });
  return part;
}

bool Recorder::take(const TaskRecord& part) {
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

}  // namespace tuopin
