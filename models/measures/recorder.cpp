#include "models/measures/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tuopin {

Recorder::Recorder(RecordShape shape, FigureTable figures)
    : shape_(std::move(shape)), axes_(shape_, figures),
      hash_layout_({shape_.scenarios.size(), shape_.draws, shape_.replicates, shape_.years()}) {
  for (const Figure& figure : figures.rows()) {
    if (figure.of_left_out() && !shape_.leaves_out()) continue;
    Slot slot{figure, figure.full_name(), {}, {}, nullptr};
    std::vector<std::size_t> sizes;
    for (const std::string& dimension : dimensions_of(figure)) {
      const StudyAxis& axis = axes_.named(dimension);
      if (sizes.size() >= outer_dimensions(figure)) {
        if (!axis.entry || std::find(slot.inner.begin(), slot.inner.end(), axis.entry) != slot.inner.end())
          throw std::logic_error(fmt::format("{} cannot stand over {}", figure.full_name(), dimension));
        slot.inner.push_back(axis.entry);
      }
      sizes.push_back(axis.dimension.size());
    }
    slot.layout = RowMajor(std::move(sizes));
    slots_.push_back(std::move(slot));
  }
}

double Recorder::bytes() const {
  double sum = 0;
  for (const Slot& s : slots_) sum += static_cast<double>(s.layout.total()) * sizeof(double);
  return sum;
}

void Recorder::allocate() {
  for (Slot& s : slots_) s.values = std::make_unique_for_overwrite<double[]>(s.layout.total());
  hashes_.assign(hash_layout_.total(), 0);
}

/// Computes the values for all entries of the inner dimensions, stored from `first` on.
template <typename Facts>
void Recorder::fill(const Slot& slot, std::size_t first, const Facts& facts) const {
  const auto value = std::get<double (*)(const Facts&, const At&)>(slot.figure.value);
  const std::size_t outer = outer_dimensions(slot.figure), entries = slot.layout.behind(outer);
  At at;
  for (std::size_t i = 0; i < entries; ++i) {
    slot.values[first + i] = value(facts, at);
    for (std::size_t axis = slot.inner.size(); axis-- > 0;) {  // the next entry
      if (++(at.*slot.inner[axis]) < slot.layout.size(outer + axis)) break;
      at.*slot.inner[axis] = 0;
    }
  }
}

void Recorder::record(std::size_t scenario, std::size_t draw, std::size_t replicate, int year, const YearResult& result,
                      const std::vector<Programme>& programmes, const Lines& lines) {
  const int y = year - shape_.first_year;
  const YearFacts facts(shape_, static_cast<std::size_t>(y), result, programmes, lines);
  for (const Slot& slot : slots_) {
    const auto [lag, years_before] = slot.figure.known;
    if (!slot.figure.of_year() || y < std::max(lag, years_before)) continue;
    fill(slot, slot.layout.at({scenario, draw, replicate, static_cast<std::size_t>(y - lag)}), facts);
  }
}

void Recorder::record_ledger(std::size_t scenario, std::size_t draw, std::size_t replicate, const Ledger& ledger) {
  if (std::none_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.figure.of_money(); })) return;
  const MoneyFacts facts(shape_, ledger);
  for (const Slot& slot : slots_)
    if (slot.figure.of_money()) fill(slot, slot.layout.at({scenario, draw, replicate}), facts);
}

void Recorder::record_left_out(std::size_t scenario, std::size_t batch, std::size_t draw, int year,
                               const LeftOutFacts& facts) {
  for (const Slot& slot : slots_)
    if (slot.figure.of_left_out())
      fill(slot, slot.layout.at({scenario, batch, draw, static_cast<std::size_t>(year - shape_.first_year)}), facts);
}

void Recorder::record_hash(std::size_t scenario, std::size_t draw, std::size_t replicate, int year,
                           std::uint64_t hash) {
  hashes_[hash_layout_.at({scenario, draw, replicate, static_cast<std::size_t>(year - shape_.first_year)})] = hash;
}

const Recorder::Slot* Recorder::find(std::string_view name) const {
  for (const Slot& s : slots_)
    if (s.name == name) return &s;
  return nullptr;
}

bool Recorder::has(std::string_view figure) const { return find(figure) != nullptr; }

Recorder::Recorded Recorder::recorded(std::string_view figure) const {
  const Slot* slot = find(figure);
  if (!slot) throw std::logic_error(fmt::format("the figure {} is not recorded", figure));
  return {{slot->values.get(), slot->layout.total()}, slot->layout};
}

std::uint64_t Recorder::state_hash() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes_) sum = mix64(sum) ^ hash;
  return sum;
}

std::vector<Dimension> Recorder::dimensions() const {
  std::vector<Dimension> dimensions;
  for (const StudyAxis& axis : axes_.all()) dimensions.push_back(axis.dimension);
  return dimensions;
}

std::vector<Variable> Recorder::release_variables() {
  std::vector<Variable> all;
  for (Slot& s : slots_) {
    const Figure& f = s.figure;
    all.push_back({s.name, dimensions_of(f), f.unit, f.meaning, f.meaning_zh, "",
                   std::vector<double>(s.values.get(), s.values.get() + s.layout.total())});
    s.values.reset();
  }
  const std::vector<std::string> by_place{"place"}, by_scenario{"scenario"};
  all.push_back({"place_name", by_place, "", "name of the place", "地名", "", shape_.place_names});
  all.push_back({"place_name_zh", by_place, "", "Chinese name of the place", "中文地名", "", shape_.place_names_zh});
  all.push_back({"scenario_title", by_scenario, "", "title of the scenario", "方案标题", "", shape_.scenario_titles});
  all.push_back({"scenario_title_zh", by_scenario, "", "Chinese title of the scenario", "方案中文标题", "",
                 shape_.scenario_titles_zh});
  all.push_back({"check/state_hash",
                 {"scenario", "draw", "replicate", "year"},
                 "1",
                 "order-free hash of the state at the end of the year",
                 "状态哈希值",
                 "",
                 hashes_});
  return all;
}

}  // namespace tuopin
