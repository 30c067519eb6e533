package dev.hookferry.jdbc.dialect;

import dev.hookferry.jdbc.inspection.ServerSetting;

/** Logs settings of a database server that endanger a store. */
final class UnsafeSettings {
  private UnsafeSettings() {}

  /**
   * Logs a setting that does harm: as an error if accepted events can be lost, otherwise as a
   * warning.
   */
  static void log(System.Logger log, ServerSetting setting) {
    String harm = setting.harm();
    if (harm == null) {
      return;
    }
    String about =
        " name=" + setting.name() + " value=" + setting.value() + " reason=\"" + harm + '"';
    if (setting.isFatal()) {
      log.log(System.Logger.Level.ERROR, "unsafe server setting" + about);
    } else {
      log.log(System.Logger.Level.WARNING, "unsafe server setting" + about);
    }
  }
}
