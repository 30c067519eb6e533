package dev.hookferry.app.grade;

import java.util.Locale;

/** A check of a receiver: the required behaviour, and the meaning of a failure. */
public enum ReceiverCheck {
  VALID_EVENT(
      Expected.ACCEPTED,
      Grade.F,
      "What a receiver must do",
      "Hookferry retries an event that is refused, until no retry is left.",
      "Check the URL and the secret, and verify the signature over the raw bytes of the body."),
  QUICK_RESPONSE(
      Expected.ACCEPTED,
      Grade.B,
      "What a receiver must do",
      "A receiver that does its work before it responds times out under load and gets the event again.",
      "Store the event, respond with 2xx at once, and do the work afterwards."),
  REPEATED_EVENT(
      Expected.ACCEPTED,
      Grade.C,
      "Duplicates, late and out-of-order events",
      "Delivery is at least once: an event whose response was lost comes again until it gets 2xx.",
      "Respond with 2xx to a webhook-id that you have processed, and do nothing else."),
  OLDER_EVENT_LAST(
      Expected.ACCEPTED,
      Grade.C,
      "Duplicates, late and out-of-order events",
      "Parallel deliveries and retries overtake each other, so a newer event may come first.",
      "Accept both, and let the newer event win by the time inside the event."),
  LATE_RETRY(
      Expected.ACCEPTED,
      Grade.C,
      "Duplicates, late and out-of-order events",
      "A retry or a replay may come days after the event happened.",
      "Compare webhook-timestamp with the clock, not the time inside the event."),
  UNKNOWN_TYPE(
      Expected.ACCEPTED,
      Grade.C,
      "Unexpected content",
      "New versions add event types; after ten consecutive rejections, all events are delayed.",
      "Respond with 2xx to event types that you do not handle."),
  UNUSUAL_JSON(
      Expected.ACCEPTED,
      Grade.C,
      "Unexpected content",
      "Legal JSON has many spellings, and a name may contain any character.",
      "Verify the raw bytes before you parse them as UTF-8, and ignore unknown fields."),
  LARGE_EVENT(
      Expected.ACCEPTED,
      Grade.C,
      "Unexpected content",
      "The data of an event may be up to 1 MiB.",
      "Allow bodies of 2 MiB, in the reverse proxy too (nginx: client_max_body_size 2m)."),
  TWO_SIGNATURES(
      Expected.ACCEPTED,
      Grade.C,
      "Standard Webhooks",
      "While a secret is rotated, webhook-signature holds two signatures, and only one matches.",
      "Split webhook-signature at spaces, and accept the request if one signature matches."),
  WRONG_SECRET(
      Expected.REFUSED,
      Grade.F,
      "What a receiver must do",
      "Anyone who knows the URL can send events.",
      "Compute the signature yourself, and respond with 401 if it is not the one received."),
  CHANGED_BODY(
      Expected.REFUSED,
      Grade.F,
      "What a receiver must do",
      "Anyone who has one signed request can send any event.",
      "Compute the signature over all bytes of the body."),
  NO_SIGNATURE(
      Expected.REFUSED,
      Grade.F,
      "What a receiver must do",
      "Anyone who knows the URL can send events.",
      "Respond with 401 if the header with the signature is missing."),
  OLD_TIMESTAMP(
      Expected.REFUSED,
      Grade.D,
      "Standard Webhooks",
      "Anyone who has recorded a request can send it again at any time.",
      "Verify webhook-signature, and refuse a webhook-timestamp more than five minutes old."),
  FUTURE_TIMESTAMP(
      Expected.REFUSED,
      Grade.D,
      "Standard Webhooks",
      "A request dated ahead can be sent again until that time.",
      "Refuse a webhook-timestamp that is more than five minutes in the future."),
  FRESH_TIMESTAMP(
      Expected.REFUSED,
      Grade.D,
      "Standard Webhooks",
      "A recorded request gets past the check of its age with another webhook-timestamp.",
      "Compute the signature over webhook-id, webhook-timestamp and body together.");

  private final Expected expected;
  private final Grade ifFailed;
  private final String section;
  private final String why;
  private final String fix;

  ReceiverCheck(Expected expected, Grade ifFailed, String section, String why, String fix) {
    this.expected = expected;
    this.ifFailed = ifFailed;
    this.section = section;
    this.why = why;
    this.fix = fix;
  }

  /** The response that a check requires. */
  public enum Expected {
    ACCEPTED,
    REFUSED
  }

  /** Returns the name, such as {@code valid event}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the required behaviour of the receiver. */
  public Expected expected() {
    return expected;
  }

  /** Returns the best grade of a receiver that fails this check. */
  public Grade ifFailed() {
    return ifFailed;
  }

  /** Returns why a failure matters, as a sentence. */
  public String why() {
    return why;
  }

  /** Returns how to fix the receiver, as a sentence. */
  public String fix() {
    return fix;
  }

  /** Returns the heading in {@code docs/receivers.md} that explains more. */
  public String section() {
    return section;
  }
}
