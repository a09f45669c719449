// The page that describes the rule language.
#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin {

std::string rule_language_reference() {
  return R"(# The rule language

A rule says who is eligible (true or false) or how urgent a claim is (a number). It is one expression over the columns of
a household or person and of the places it belongs to.

```
registered and work_ability >= partial and age >= 18 and age <= 60 and village.forest_zone
-log(measured_income)
if(village.poor_village, 2, 1) * members
```

## Values

| type | written | from columns |
|---|---|---|
| number | `3`, `0.25`, `1e6` | everything that is neither a flag nor a category |
| true or false | `true`, `false` | flags (`registered`) |
| category | a label: `partial` | columns with labels; compared only with their own labels, in the order of these |

The types never mix: a flag becomes a number by `if(flag, 1, 0)`, a number becomes true or false by a comparison.

## Names

- Columns of the unit itself stand bare (`age`) or behind its name (`person.age`).
- Columns of what the unit belongs to stand behind its name: `household.registered`, `village.poor_village`.
- Named constants stand bare: `line`, `administrative_line`, `year`.
- State of the current year hides the founding value of the same name (`housing_safe`).
- What a stream of payments brought the household in the year before, yuan a head: `allowance_last_year`,
  `local_wage_last_year`, … Such a column is kept only where a rule reads it. Market income cannot be read: an office
  knows what it paid, and the rest as `measured_income`.
- Some columns cannot be read: ethnicity is never an input of a rule.

## Operators, loosest first

| operator | operands | result |
|---|---|---|
| `a or b` | true or false | true or false |
| `a and b` | true or false | true or false |
| `not a` | true or false | true or false |
| `<` `<=` `>` `>=` | numbers, or a category and a label | true or false; not chained: `a < b and b < c` |
| `==` `!=` | two numbers, two flags, or a category and a label | true or false |
| `+` `-` | numbers | number |
| `*` `/` | numbers | number |
| `-a` | number | number |

Parentheses group. Conditions joined by `and` at the top are tried from left to right on the rows that are left, so the
one that excludes most stands best in front.

## Functions

| function | value |
|---|---|
| `min(a, b, …)`, `max(a, b, …)` | the smallest, the largest |
| `abs(a)` | without its sign |
| `log(a)` | natural logarithm; arguments below 0.000001 count as 0.000001 |
| `exp(a)` | exponential |
| `count(plot)` | of a child table (plots, debts, herds): how many rows the household has |
| `sum(plot.area)` | the sum of a column over these rows; 0 without any |
| `if(condition, a, b)` | `a` where the condition holds, otherwise `b`; both numbers or both true or false |

Arithmetic is in double precision. A number that is not finite (division by zero) is an error where it is the value of
the rule; guard it: `if(able_workers > 0, members / able_workers, 0)`.

## Limits

)" + std::to_string(rule::most_characters) +
         " characters, " + std::to_string(rule::most_nodes) + " terms and operators, " +
         std::to_string(rule::most_depth) +
         " parentheses, functions and prefix operators inside one another. No loops, no assignment, no calls to "
         "anything\n"
         "else, no luck: a rule gives the same answer whenever it reads the same values.\n";
}

}  // namespace tuopin
