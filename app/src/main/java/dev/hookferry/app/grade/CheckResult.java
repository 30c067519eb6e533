package dev.hookferry.app.grade;

import dev.hookferry.delivery.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param outcome the outcome of the request, without secrets; null if none was sent
 * @param note an explanation of the verdict; may be empty
 */
public record CheckResult(
    ReceiverCheck check, CheckVerdict verdict, @Nullable Outcome outcome, String note) {}
