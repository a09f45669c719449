#include "models/state/schema.hpp"

#include "models/state/codebook.hpp"

namespace tuopin {

StateSchema base_schema() {
  StateSchema schema;
  schema.add_level("household", &codebook::households());
  schema.add_level("village", &codebook::villages());
  schema.add_level("county", &codebook::counties());
  schema.add_level("region", nullptr);
  for (const StateColumn& column : codebook::state()) schema.add(column);
  return schema;
}

}  // namespace tuopin
