package dev.hookferry.http.console;

import dev.hookferry.ReplayJobs;
import dev.hookferry.Webhooks;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.replay.ReplayId;
import dev.hookferry.replay.ReplayJob;
import java.util.function.Function;

/** One replay: how far it is, and in the end its report. */
final class ReplayPage {
  private final Webhooks webhooks;
  private final Frames frames;

  ReplayPage(Webhooks webhooks, Frames frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  ConsoleReply show(Visit visit) {
    ReplayJob job = webhooks.replayJobs().get(visit.site(), id(visit));
    Targets targets = new Targets(webhooks.endpoints(), visit.site());
    ReplayRow row = ReplayRow.of(job, targets, visit.now());
    Frame frame = frames.of(visit, Nav.REPLAYS, "Replay");
    return Html.page((out, i) -> JteReplayGenerated.render(out, i, frame, row));
  }

  ConsoleReply pause(Visit visit) {
    return changed(visit, jobs -> jobs.pause(visit.site(), id(visit)), "The replay rests.");
  }

  ConsoleReply resume(Visit visit) {
    return changed(visit, jobs -> jobs.resume(visit.site(), id(visit)), "The replay goes on.");
  }

  ConsoleReply cancel(Visit visit) {
    return changed(
        visit,
        jobs -> jobs.cancel(visit.site(), id(visit)),
        "The replay is stopped. What it sent already stays sent.");
  }

  private ConsoleReply changed(Visit visit, Function<ReplayJobs, ReplayJob> change, String done) {
    String page = visit.path("/replays/" + id(visit));
    try {
      var unused = change.apply(visit.webhooks().replayJobs());
      return visit.done(page, done);
    } catch (ConflictException e) {
      return visit.refused(page, e.getMessage());
    }
  }

  private static ReplayId id(Visit visit) {
    return visit.id("id", "replay", ReplayId::parse);
  }
}
