#include "models/programme/payments.hpp"

#include <algorithm>
#include <limits>

namespace tuopin {

namespace {

void post(Moment::Visit& visit, const StreamOfPayments& stream, std::span<const Enrolment> enrolments,
          std::span<const std::int64_t> paid) {
  World& world = visit.world();
  std::int64_t total = 0;
  for (std::size_t i = 0; i < paid.size(); ++i) total += paid[i] * world.shard.people.weight[enrolments[i].household];
  visit.add(stream.sum(), total);
  if (!stream.has_column()) return;
  std::int32_t* column = world[stream.column()];
  for (std::size_t i = 0; i < paid.size(); ++i) {
    std::int32_t& fen = column[enrolments[i].household];
    fen = static_cast<std::int32_t>(std::min<std::int64_t>(fen + paid[i], std::numeric_limits<std::int32_t>::max()));
  }  // larger amounts are refused when they are delivered
}

}  // namespace

void post_to_streams(Moment::Visit& visit, const Programme& programme, const Served& served) {
  if (served.paid.empty()) return;
  if (!programme.pays_through_several) {
    post(visit, programme.payments.front().stream, served.enrolments, served.paid);
    return;
  }
  std::vector<std::int64_t> paid;
  for (const Programme::Payment& payment : programme.payments) {
    paid.assign(served.enrolments.size(), 0);
    programme.effects[payment.effect]->add_payments(visit.world(), served.recipients, paid);
    post(visit, payment.stream, served.enrolments, paid);
  }
}

}  // namespace tuopin
