package dev.hookferry.engine;

import dev.hookferry.engine.admin.AdminCommands;
import dev.hookferry.engine.admin.Reconfiguration;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.commit.StoreFaults;
import dev.hookferry.engine.dispatch.ClaimPlanner;
import dev.hookferry.engine.dispatch.ClaimSchedule;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.LaneLimits;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.dispatch.ReleaseRateLimiter;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.intake.Intake;
import dev.hookferry.engine.intake.PublishReplies;
import dev.hookferry.engine.outcome.EndpointMonitor;
import dev.hookferry.engine.outcome.ResultRecorder;
import dev.hookferry.engine.owned.OwnerLease;
import dev.hookferry.engine.poison.Quarantine;
import dev.hookferry.engine.routing.RoutingTable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The stages of the engine, each wired to the others that it needs. */
final class EngineState {
  final RoutingTable routes = new RoutingTable();
  final ReleaseRateLimiter releases = new ReleaseRateLimiter();
  final StoreFaults faults;
  final OwnerLease lease;
  final Lanes lanes;
  final GroupCommit commits;
  final ClaimSchedule schedule;
  final ClaimPlanner claims;
  final Quarantine quarantine = new Quarantine();
  final Dispatcher dispatcher;
  final Intake intake;
  final ResultRecorder results;
  final EndpointMonitor monitor;
  final AdminCommands commands;
  final Reconfiguration reconfiguration;
  final CommitReplies replies;

  EngineState(EngineConfig config, Effects effects) {
    var limits = config.limits();
    var ids = config.ids();
    faults = new StoreFaults(effects);
    lease = new OwnerLease(effects);
    lanes = new Lanes(limits, routes::isHeld, e -> LaneLimits.of(routes, e, limits.window()));
    commits = new GroupCommit(config.parallelCommits(), limits, effects);
    schedule = new ClaimSchedule(config.shared());
    claims = new ClaimPlanner(limits, effects, routes, commits, lanes, schedule, releases);
    dispatcher = new Dispatcher(ids, effects, routes, commits, lanes, schedule, quarantine);
    intake = new Intake(limits, ids, effects, routes, commits, lanes, dispatcher);
    results = new ResultRecorder(config.chance(), effects, routes, commits, lanes, dispatcher);
    monitor = new EndpointMonitor(config.chance(), effects, routes, lanes, dispatcher);
    commands = new AdminCommands(ids, effects, routes, commits, lanes, dispatcher);
    reconfiguration = new Reconfiguration(routes, lanes, releases, dispatcher, monitor, commands);
    var publishes = new PublishReplies(effects, lanes, dispatcher);
    replies = new CommitReplies(effects, commits, intake, publishes, dispatcher, results, commands);
  }

  /** Adjusts all timers after the clock was set back, so that nothing waits too long. */
  void clockSetBack(Instant before, Instant now) {
    Duration by = Duration.between(now, before);
    commits.clockSetBack(now);
    schedule.clockSetBack(now);
    dispatcher.clockSetBack(by);
    releases.clockSetBack(by);
    intake.clockSetBack(by);
    monitor.clockSetBack(by, now);
  }

  /** Returns when the engine must wake up even if no message arrives, or null for never. */
  @Nullable Instant wakeAt() {
    return WakeTime.earlier(
        WakeTime.earlier(claims.wakeAt(), commits.wakeAt()),
        WakeTime.earlier(dispatcher.wakeAt(), intake.wakeAt()));
  }
}
