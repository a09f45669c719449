#include "models/run/state_summed.hpp"

#include <algorithm>

namespace tuopin {

namespace {

class SumState : public Year::Look {
 public:
  explicit SumState(std::vector<std::uint32_t> programme_names) : programme_names_(std::move(programme_names)) {}
  bool acts(const Moment& now) const override { return !now.state_sums.empty(); }
  void look(const Moment::Visit& visit) const override {
    visit.moment().state_sums[visit.cell] = state_sum(visit.world(), visit.number, programme_names_);
  }

 private:
  std::vector<std::uint32_t> programme_names_;
};

bool changes_blocks(const Year::Part& part, const StateSchema& schema) {
  const auto is_block = [](const auto& step) { return dynamic_cast<const Year::BlockStep*>(step.get()) != nullptr; };
  const auto is_column = [&](const std::string& name) { return schema.has_level(name.substr(0, name.find('.'))); };
  return std::any_of(part.steps.begin(), part.steps.end(), is_block) ||
         std::any_of(part.said.writes.begin(), part.said.writes.end(), is_column);
}

}  // namespace

Year::Part state_summed(const StateSchema& schema, YearNeeds& needs, std::vector<std::uint32_t> programme_names) {
  Binder b(schema, needs,
           {"state.sum", msgid("adds up the state of each block, for the hash that is kept of every year")});
  Year::Part part;
  part.add<SumState>(std::move(programme_names));
  part.said = b.end();
  return part;
}

std::size_t end_of_changes(const Year& year, const StateSchema& schema) {
  const auto last = std::find_if(year.parts().rbegin(), year.parts().rend(),
                                 [&](const Year::Part& part) { return changes_blocks(part, schema); });
  return static_cast<std::size_t>(year.parts().rend() - last);
}

}  // namespace tuopin
