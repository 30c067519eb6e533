package dev.hookferry.app.grade;

import dev.hookferry.outbound.TargetUrl;
import java.time.Duration;

/**
 * The receiver to grade.
 *
 * @param url its URL
 * @param secrets the secrets that it verifies with
 * @param timeout the time limit of each request
 * @param userAgent the value of {@code User-Agent}
 */
public record GradeTarget(
    TargetUrl url, GradeSecrets secrets, Duration timeout, String userAgent) {}
