package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.deliveries.AttemptView;
import dev.hookferry.http.console.endpoints.rows.FormRows;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.transport.EndpointTrial;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that sends a signed test to an unregistered endpoint and offers to register it. */
public final class EndpointTestPage {
  private static final String OUT_OF_DATE = "This draft has expired. Please enter it again.";

  private static final Pattern ADDRESS =
      Pattern.compile("^https?://([^/]*@)?([0-9.]+|\\[[^/]*])(:[0-9]*)?([/?#]|$)");

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final EndpointEditPage edit;
  private final PendingTests tests;

  public EndpointTestPage(
      Webhooks webhooks, FrameRenderer frames, EndpointEditPage edit, PendingTests tests) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.edit = edit;
    this.tests = tests;
  }

  /**
   * Content of the page.
   *
   * @param draft id of the draft
   * @param form the form as typed
   * @param secret the secret to verify the test with; empty if nothing was sent
   * @param test the result, or null if nothing was sent
   * @param warnings likely mistakes
   * @param notSent why nothing was sent, or empty
   */
  public record View(
      String draft,
      EndpointForm form,
      String secret,
      @Nullable AttemptView test,
      List<String> warnings,
      String notSent) {
    /** Returns the title, with the endpoint's name if it has one. */
    public String title() {
      String name = form.description();
      return "Test of " + (name.isEmpty() ? "a new endpoint" : name);
    }

    /** Returns whether the URL contains an IP address instead of a host name. */
    public boolean hasAddress() {
      return ADDRESS.matcher(form.url()).find();
    }

    /** Returns whether a request was sent. */
    public boolean isSent() {
      return test != null && test.sent() != null;
    }

    /** Returns whether the receiver accepted the test. */
    public boolean isGood() {
      return test != null && test.pill().tone().equals("good");
    }

    /** Returns whether receivers can verify webhook-signature. */
    public boolean signsStandard() {
      return form.signatures().contains("standard") || hasKeyPair();
    }

    /** Returns whether the user has something to do or check at the receiver. */
    public boolean hasNext() {
      boolean hasCode = !secret.isEmpty() && signsStandard();
      return test != null && isSent() && (hasCode || (!isGood() && test.hasResponse()));
    }

    /** Returns whether a key pair signed the test. */
    public boolean hasKeyPair() {
      return ReceiverSnippets.isPublicKey(secret);
    }
  }

  /** Tests the endpoint in the form, or tests a draft again. */
  public ConsoleReply show(Visit visit) {
    boolean typed = !EndpointDraft.refersToDraft(visit);
    Optional<EndpointDraft> kept = EndpointDraft.of(visit);
    if (!typed && kept.isEmpty()) {
      return visit.refused(visit.path("/endpoints/new"), OUT_OF_DATE);
    }
    EndpointDraft draft = typed ? EndpointDraft.fromForm(visit) : kept.get();
    try {
      EndpointTrial trial =
          tests.await(
              visit.site(),
              () ->
                  visit
                      .webhooks()
                      .endpoints()
                      .probe(
                          visit.site(), draft.form().change(null, retry(visit)), draft.secret()));
      AttemptView test =
          AttemptView.ofTest(trial.attempt(), Optional.of(trial.sent()), visit.now());
      return page(visit, draft.with(trial.secret()), test, trial.warnings(), "");
    } catch (InvalidException e) {
      return edit.wrong(visit, draft, e.problems());
    } catch (RefusedException e) {
      return page(visit, draft, null, List.of(), String.valueOf(e.getMessage()));
    }
  }

  private RetrySettings retry(Visit visit) {
    return webhooks.settings().get(visit.site()).retry();
  }

  /** Shows the form again. */
  public ConsoleReply again(Visit visit) {
    if (visit.form().has(FormRows.BUTTON)) {
      return edit.rows(visit);
    }
    return EndpointDraft.of(visit)
        .or(
            () ->
                Optional.of(EndpointDraft.fromForm(visit))
                    .filter(d -> !EndpointDraft.refersToDraft(visit)))
        .map(draft -> edit.wrong(visit, draft, List.of()))
        .orElseGet(() -> visit.refused(visit.path("/endpoints/new"), OUT_OF_DATE));
  }

  private ConsoleReply page(
      Visit visit,
      EndpointDraft draft,
      @Nullable AttemptView test,
      List<String> warnings,
      String notSent) {
    SigningSecret secret = draft.secret();
    View view =
        new View(
            draft.keep(visit),
            draft.form(),
            secret == null ? "" : secret.forReceiver(),
            test,
            warnings,
            notSent);
    Frame frame = frames.of(visit, Nav.ENDPOINTS, view.title());
    return TemplateRenderer.page((out, i) -> JteEndpointTestGenerated.render(out, i, frame, view));
  }
}
