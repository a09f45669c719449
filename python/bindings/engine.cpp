// Binding of the engine: scenarios in memory, trajectories that are stepped, studies without files. Calls hold the
// engine's own lock and release the interpreter's (GIL), so that threads may share an engine: their calls are
// serialised.
#include "models/run/engine.hpp"

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "engine/base/errors.hpp"
#include "engine/settings/units.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/problems.hpp"
#include "python/bindings/studies.hpp"

namespace py = pybind11;

namespace tuopin::python {
namespace {

/// Runs a long call in a worker thread, while the calling thread passes on progress and checks for Ctrl-C.
class Worked {
 public:
  /// `listener`: called with a phase, steps done, steps in all, seconds so far and to go; or None.
  explicit Worked(py::object listener) : listener_(std::move(listener)) {}

  ProgressSink sink() {
    return [this](const ProgressNews& news) {
      const std::lock_guard guard(mutex_);
      news_.push_back(news);
    };
  }
  const StopFlag& stop() const { return stop_; }

  template <typename Work>
  void run(const Work& work) {
    std::exception_ptr failed;
    bool done = false;
    std::thread worker([&] {
      try {
        work();
      } catch (...) {
        failed = std::current_exception();
      }
      const std::lock_guard guard(mutex_);
      done = true;
      wake_.notify_one();
    });
    bool told_to_stop = false;
    for (bool last = false; !last;) {
      {
        const py::gil_scoped_release unlocked;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, std::chrono::milliseconds(50), [&] { return done; });
        last = done;
      }
      if (!told_to_stop && (PyErr_CheckSignals() != 0 || !hand_on())) {
        stop_.stop();
        told_to_stop = true;
      }
    }
    {
      const py::gil_scoped_release unlocked;
      worker.join();
    }
    if (told_to_stop) throw py::error_already_set();
    if (failed) std::rethrow_exception(failed);
  }

 private:
  /// Returns false if the listener has raised an exception; the Python error is then set.
  bool hand_on() {
    std::vector<ProgressNews> news;
    {
      const std::lock_guard guard(mutex_);
      news.swap(news_);
    }
    if (listener_.is_none()) return true;
    try {
      for (const ProgressNews& one : news) listener_(one.phase, one.done, one.total, one.elapsed, one.remaining);
    } catch (py::error_already_set& error) {
      error.restore();
      return false;
    }
    return true;
  }

  py::object listener_;
  StopFlag stop_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<ProgressNews> news_;
};

/// An engine with its lock. Trajectories keep it alive, because they refer to its data.
struct Shared {
  Shared(const std::vector<std::filesystem::path>& files, const Engine::Options& options) : engine(files, options) {}
  Engine engine;
  std::mutex mutex;
};
struct Followed {
  std::shared_ptr<Shared> of;
  std::shared_ptr<Engine::Followed> trajectory;
};

/// Runs a function with the engine's lock and without the interpreter's.
template <typename Work>
auto locked(Shared& shared, const Work& work) {
  const py::gil_scoped_release unlocked;
  const std::lock_guard guard(shared.mutex);
  return work();
}

py::tuple facts_of(const ColumnSpec& spec) {
  py::list labels;
  for (const std::string_view label : spec.labels) labels.append(std::string(label));
  return py::make_tuple(std::string(spec.name), std::string(spec.unit), std::string(spec.meaning),
                        std::string(spec.meaning_zh), labels);
}

Variant variant_of(const std::string& name, const std::map<std::string, std::string>& changes,
                   const std::vector<std::string>& without) {
  Variant variant{name, {}, without};
  for (const auto& [key, value] : changes) variant.changes.push_back({key, value});
  return variant;
}

/// A number with all that a reader must know of it: name, kind, year, value, low, high, unit, status, grade, source,
/// office in both languages, file, line, whether it has a range, is a factor, is a default, who reads it, and the unit
/// in words.
py::tuple facts_of(const NumberUsed& number) {
  const Quantity& q = number.quantity;
  const char* statuses[] = {"published", "derived", "assumption"};
  return py::make_tuple(q.name, to_text(number.kind), number.year, q.value, q.low, q.high, q.unit,
                        statuses[static_cast<int>(q.status)], q.grade, q.source, q.office.en, q.office.zh,
                        q.origin.file, q.origin.line, number.ranges(), number.is_factor, number.by_default,
                        number.scenarios, as_object(unit_in_words(q.unit)));
}

/// Worlds of a design: a population, a luck, names of numbers, and a row of their positions each.
std::vector<Engine::World> worlds_of(const std::vector<std::size_t>& populations,
                                     const std::vector<std::uint32_t>& lucks,
                                     const std::vector<std::map<std::string, double>>& positions) {
  std::vector<Engine::World> worlds;
  for (std::size_t w = 0; w < populations.size(); ++w)
    worlds.push_back({populations[w], lucks.at(w), {positions.at(w).begin(), positions.at(w).end()}});
  return worlds;
}

void bind_trajectory(py::module_& module) {
  py::class_<Followed>(module, "Trajectory")
      .def("step", [](Followed& f) { locked(*f.of, [&] { f.trajectory->step(); }); })
      .def("copy",
           [](const Followed& f, const std::optional<std::string>& scenario) {
             return Followed{f.of, locked(*f.of, [&] {
                               return scenario ? f.of->engine.copy_as(*scenario, *f.trajectory) : f.trajectory->copy();
                             })};
           })
      .def("save",
           [](const Followed& f) {
             const std::string bytes = locked(*f.of, [&] { return f.trajectory->save(); });
             return py::bytes(bytes);
           })
      .def("figures",
           [](const Followed& f, const std::vector<std::string>& names) {
             return study_as_dict(locked(*f.of, [&] { return f.trajectory->figures(names); }));
           })
      .def("state_hash", [](const Followed& f) { return locked(*f.of, [&] { return f.trajectory->state_hash(); }); })
      .def("levels", [](const Followed& f) { return f.trajectory->levels(); })
      .def("columns",
           [](const Followed& f, const std::string& level) {
             py::list all;
             for (const ColumnSpec& spec : locked(*f.of, [&] { return f.trajectory->columns(level); }))
               all.append(facts_of(spec));
             return all;
           })
      .def("column",
           [](const Followed& f, const std::string& level, const std::string& name) {
             Table::Data data = locked(*f.of, [&] { return f.trajectory->column(level, name); });
             return std::visit([](auto& values) { return array_of(std::move(values)); }, data);
           })
      .def_property_readonly(
          "year", [](const Followed& f) { return locked(*f.of, [&] { return f.trajectory->trajectory().year(); }); })
      .def_property_readonly(
          "done", [](const Followed& f) { return locked(*f.of, [&] { return f.trajectory->trajectory().done(); }); })
      .def_property_readonly("draw", [](const Followed& f) { return f.trajectory->draw(); })
      .def_property_readonly("replicate", [](const Followed& f) { return f.trajectory->trajectory().replicate(); })
      .def_property_readonly("scenario",
                             [](const Followed& f) { return f.trajectory->trajectory().course().scenario->name; });
}

/// What the search for the assumptions that matter needs.
void bind_design(py::class_<Shared, std::shared_ptr<Shared>>& engine) {
  using py::arg;
  engine.def("populations", [](Shared& s) { return locked(s, [&] { return s.engine.populations(); }); })
      .def(
          "numbers",
          [](Shared& s, const std::vector<std::string>& names) {
            py::list all;
            for (const NumberUsed& number : locked(s, [&] { return s.engine.numbers(names); }))
              all.append(facts_of(number));
            return all;
          },
          arg("names"))
      .def(
          "positions",
          [](Shared& s, const std::vector<std::string>& names, std::size_t draws) {
            std::vector<std::map<std::string, double>> all;
            for (const Positions& of : locked(s, [&] { return s.engine.positions(names, draws); }))
              all.emplace_back(of.begin(), of.end());
            return all;
          },
          arg("names"), arg("draws"))
      .def(
          "inputs",
          [](Shared& s, const std::vector<std::string>& names, int draws, int replicates, int leave_out_batches,
             const std::vector<std::string>& figures, double sample, const std::string& preview) {
            return locked(s, [&] {
              return s.engine.inputs(names, {draws, replicates, leave_out_batches, figures}, sample, preview);
            });
          },
          arg("names"), arg("draws"), arg("replicates"), arg("leave_out_batches"), arg("figures"), arg("sample"),
          arg("preview"))
      .def(
          "run_placed",
          [](Shared& s, const std::vector<std::string>& names, const std::vector<std::size_t>& populations,
             const std::vector<std::uint32_t>& lucks, const std::vector<std::map<std::string, double>>& positions,
             const std::vector<std::string>& figures, py::object listener) {
            const std::vector<Engine::World> worlds = worlds_of(populations, lucks, positions);
            Worked worked(std::move(listener));
            Study study;
            worked.run([&] {
              const std::lock_guard guard(s.mutex);
              study = s.engine.run_placed(names, worlds, figures, worked.sink(), worked.stop());
            });
            return study_as_dict(std::move(study));
          },
          arg("names"), arg("populations"), arg("lucks"), arg("positions"), arg("figures"), arg("listener"));
}

}  // namespace

void bind_engine(py::module_& module) {
  using py::arg;
  bind_trajectory(module);
  py::class_<Shared, std::shared_ptr<Shared>> engine(module, "Engine");
  bind_design(engine);
  engine
      .def(py::init([](const std::vector<std::filesystem::path>& files, double sample, std::uint64_t seed, int threads,
                       int last_year) {
             const py::gil_scoped_release unlocked;
             return std::make_shared<Shared>(
                 files, Engine::Options{sample, seed, threads > 0 ? threads : available_threads(), last_year});
           }),
           arg("scenarios"), arg("sample"), arg("seed"), arg("threads"), arg("last_year"))
      .def("scenarios", [](Shared& s) { return locked(s, [&] { return s.engine.scenarios(); }); })
      .def("warnings",
           [](Shared& s) {
             std::vector<std::string> texts;
             for (const Problem& warning : s.engine.warnings()) texts.push_back(to_text(warning));
             return texts;
           })
      .def("years", [](Shared& s) { return std::pair(s.engine.region().base_year, s.engine.region().last_year); })
      .def(
          "variant",
          [](Shared& s, const std::string& of, const std::string& name,
             const std::map<std::string, std::string>& changes, const std::vector<std::string>& without) {
            locked(s, [&] { s.engine.add_variant(of, variant_of(name, changes, without)); });
          },
          arg("of"), arg("name"), arg("changes"), arg("without"))
      .def(
          "start",
          [](const std::shared_ptr<Shared>& s, const std::string& scenario, std::optional<std::uint32_t> draw,
             std::uint64_t replicate, const Followed* against) {
            const auto first = against ? against->trajectory : nullptr;
            return Followed{s, locked(*s, [&] { return s->engine.start(scenario, draw, replicate, first); })};
          },
          arg("scenario"), arg("draw"), arg("replicate"), arg("against"))
      .def(
          "load",
          [](const std::shared_ptr<Shared>& s, const std::string& bytes) {
            return Followed{s, locked(*s, [&] { return s->engine.load(bytes); })};
          },
          arg("bytes"))
      .def(
          "run",
          [](Shared& s, const std::vector<std::string>& names, int draws, int replicates, int leave_out_batches,
             const std::vector<std::string>& figures, py::object listener) {
            Worked worked(std::move(listener));
            Study study;
            worked.run([&] {
              const std::lock_guard guard(s.mutex);
              RunRecord record;
              study = s.engine.run(names, {draws, replicates, leave_out_batches, figures}, worked.sink(), worked.stop(),
                                   record);
            });
            return study_as_dict(std::move(study));
          },
          arg("names"), arg("draws"), arg("replicates"), arg("leave_out_batches"), arg("figures"), arg("listener"));
}

}  // namespace tuopin::python
