package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.portal.forms.PhraseRules.Rule;
import dev.hookferry.http.words.Words;
import java.util.List;
import java.util.Optional;

/** Reasons for refusals that customers can cause, in their language. */
final class ProblemWords {
  private static final PhraseRules RULES =
      new PhraseRules(
          List.of(
              Rule.of("must begin with https://.*", "problem.https"),
              Rule.of(
                  "must be ASCII without spaces, but character ([0-9]+) is a space.*",
                  "problem.space"),
              Rule.of(
                  "must be ASCII without spaces, but character ([0-9]+) is U.*", "problem.ascii"),
              Rule.of("must not have a user name or password.*", "problem.user"),
              Rule.of("must not use port ([0-9]+); use 443", "problem.port"),
              Rule.of("must have a port from 1 to 65535.*", "problem.port-range"),
              Rule.of("must be an https URL that resolves to a public address.*", "problem.public"),
              Rule.of("must not be empty; write it as .*", "problem.empty"),
              Rule.of("must not have a fragment.*", "problem.fragment"),
              Rule.of("must not have a backslash.*", "problem.backslash"),
              Rule.of("must have (?:a host|// after the scheme), as in .*", "problem.host"),
              Rule.of(
                  "must have (?:a host name|one host|an IPv[46] address) .*", "problem.host-name"),
              Rule.of(
                  "must not have (?:a percent sign in its host|the label) ?.*",
                  "problem.host-name"),
              Rule.of("must have (?:at most )?([0-9]+) characters(?: or fewer)?", "problem.long"),
              Rule.of("must not contain control characters.*", "problem.control"),
              Rule.of("must name at (least one|most 100) event types?.*", "problem.types-number"),
              Rule.of(
                  "must be an event type, a prefix such as license_\\*, or \\*", "problem.pattern"),
              Rule.of("must be 1 to 128 .*", "problem.type"),
              Rule.of("must not name the operational event (.*)", "problem.operational"),
              Rule.of("must be lines such as .*", "problem.header-lines"),
              Rule.of("must not have (.*) twice", "problem.header-again"),
              Rule.of("is given twice; .*", "problem.header-twice"),
              Rule.of("must be ([0-9]+) headers or fewer", "problem.headers-number"),
              Rule.of("must have names of 1 to 128 letters.*, not (.*)", "problem.header-name"),
              Rule.of("is reserved; choose another name, such as (.*)", "problem.header-reserved"),
              Rule.of("must have a value of ([0-9]+) characters or fewer", "problem.header-long"),
              Rule.of("must have a value of visible ASCII.*", "problem.header-ascii"),
              Rule.of(
                  "must have at most ([0-9]+) characters, names and values.*",
                  "problem.headers-long"),
              Rule.of("must be from ([0-9]+) to ([0-9]+)", "problem.range"),
              Rule.of("must be a status from 100 to 599, or a class such as 4xx", "problem.code"),
              Rule.of(
                  "must be an id, an event type, an endpoint or an HTTP status", "problem.search"),
              Rule.of(
                  "has the field “(.*)”, but only these can be searched: (.*); did you mean (.*)\\?",
                  "problem.field-meant"),
              Rule.of(
                  "has the field “(.*)”, but only these can be searched: (.*)", "problem.field"),
              Rule.of("must not be before since", "problem.until"),
              Rule.of("must be a time such as .*", "problem.time"),
              Rule.of("is missing; paste the one that your endpoint has", "problem.secret"),
              Rule.of("are missing; paste at least .*", "problem.received"),
              Rule.of(
                  "at most ([0-9]+) endpoints are allowed; remove one first", "problem.endpoints"),
              Rule.of(
                  "url cannot move .* requests carry credentials of your provider.*",
                  "problem.moves"),
              Rule.of(
                  "url cannot move .* while the header (.*) keeps its .*", "problem.moves-header"),
              Rule.of("select at most ([0-9]+) deliveries", "problem.select"),
              Rule.of("select 1 to ([0-9]+) endpoints", "problem.select-endpoints"),
              Rule.of("is missing", "problem.missing"),
              Rule.of("missed events are being sent .*", "problem.missed"),
              Rule.of(
                  ".* waits behind an earlier event with its ordering key; .*", "problem.waits")),
          ProblemWords::part);

  private ProblemWords() {}

  /** Returns a reason in a visitor's language; empty if there is no translation. */
  static Optional<String> of(String reason, Words words) {
    return RULES.translated(reason, words).or(() -> FilterWords.of(reason, words));
  }

  private static Object part(String text, Words words) {
    return text.matches("[0-9]{1,9}") ? words.number(Long.parseLong(text)) : text;
  }
}
