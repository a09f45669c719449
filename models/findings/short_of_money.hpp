// Where a programme turned applicants away for want of money, from the figures that a study holds of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/findings/study_view.hpp"

namespace tuopin {

/// Years in which, in most worlds, applicants were turned away although places were free: nothing but money, of the
/// funds or of the programme's own budget, can have been short. Persons are medians over the worlds, of the mean of
/// these years.
struct MoneyShort {
  std::vector<std::string> years;
  double entered = 0, applied = 0;
};

/// Nothing where less than a tenth of the applicants was turned away so. Households that are turned away although the
/// programme enrols persons may go unnoticed: of these only a lower bound is recorded.
std::optional<MoneyShort> short_of_money(const StudyView& study, std::size_t scenario, std::size_t programme);

/// A fund that pays for a programme and has nothing in some years in which the programme is open.
struct EmptyFund {
  std::string fund;
  std::vector<std::string> years;
};

std::vector<EmptyFund> empty_funds(const StudyView& study, std::size_t scenario, std::size_t programme);

}  // namespace tuopin
