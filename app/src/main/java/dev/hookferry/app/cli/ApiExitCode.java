package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.client.ApiException;

/** The exit code of a command that the server refused or did not respond to. */
final class ApiExitCode {
  private ApiExitCode() {}

  static int of(ApiException e) {
    if (e.isAbsent()) {
      return ExitCode.ABSENT;
    }
    if (e.isUsage()) {
      return ExitCode.USAGE;
    }
    return switch (e.status()) {
      case 0 -> ExitCode.UNREACHABLE;
      case 401, 403 -> ExitCode.REFUSED_KEY;
      default -> ExitCode.FAILED;
    };
  }
}
