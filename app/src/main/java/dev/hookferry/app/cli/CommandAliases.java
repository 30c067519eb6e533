package dev.hookferry.app.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Resolves command aliases before the arguments are parsed, so that help, completion and the manual
 * list only one name per command.
 */
final class CommandAliases implements IParameterPreprocessor {
  /** Command names by alias. */
  static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("retry", "deliveries retry"),
          Map.entry("cancel", "deliveries cancel"),
          Map.entry("replay", "replays start"),
          Map.entry("replay-event", "events resend"),
          Map.entry("events replay", "replays start"),
          Map.entry("keys master", "master-keys list"),
          Map.entry("keys add-master", "master-keys add"),
          Map.entry("keys rotate-master", "master-keys rotate"),
          Map.entry("outbox", "outboxes"),
          Map.entry("properties get", "properties show"),
          Map.entry("properties put", "properties change"),
          Map.entry("properties list", "properties show"),
          Map.entry("settings get", "settings list"),
          Map.entry("settings show", "settings list"),
          Map.entry("settings set", "settings change"),
          Map.entry("settings put", "settings change"),
          Map.entry("audit list", "audit"),
          Map.entry("audit ls", "audit"),
          Map.entry("log list", "log"),
          Map.entry("log ls", "log"),
          Map.entry("system show", "system"));

  /**
   * Common verbs of other programs, with their equivalents here; only those a command has apply.
   */
  static final Map<String, List<String>> VERBS =
      Map.of(
          "ls", List.of("list"),
          "create", List.of("add"),
          "delete", List.of("remove", "revoke"),
          "rm", List.of("remove", "revoke"),
          "remove", List.of("revoke"),
          "update", List.of("change"),
          "edit", List.of("change"),
          "get", List.of("show"),
          "describe", List.of("show"));

  /** Words of other programs, with the commands that error messages suggest instead. */
  static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("enable", "resume"),
          Map.entry("disable", "pause"),
          Map.entry("status", "system"),
          Map.entry("health", "doctor"),
          Map.entry("subscriptions", "endpoints"),
          Map.entry("webhooks", "endpoints"),
          Map.entry("hooks", "endpoints"),
          Map.entry("types", "event-types"),
          Map.entry("schemas", "event-types"),
          Map.entry("tenants", "sites"),
          Map.entry("messages", "events"),
          Map.entry("attempts", "log"),
          Map.entry("tail", "log --follow"),
          Map.entry("publish", "send"));

  private static final int MAX_WORDS = 2;

  /** Common options with a value that may precede the command or its verb. */
  private static final Set<String> LEADING =
      Set.of("--server", "--key", "--site", "--ca", "-o", "--output");

  private static final String LEADING_FLAG = "--json";

  /** Returns the arguments with leading common options moved behind the command and its verb. */
  static List<String> commandFirst(List<String> args) {
    List<String> first = wordFirst(args, 0);
    boolean hasVerb = !first.isEmpty() && !CommandLines.verbs(first.get(0)).isEmpty();
    return hasVerb ? wordFirst(first, 1) : first;
  }

  /**
   * Moves the common options that begin at {@code start} behind all other arguments, but before a
   * {@code --}; leaves them in place if nothing follows.
   */
  private static List<String> wordFirst(List<String> args, int start) {
    int at = start;
    while (at < args.size() && isLeading(args.get(at))) {
      boolean isWhole = args.get(at).contains("=") || args.get(at).equals(LEADING_FLAG);
      at += isWhole ? 1 : 2;
    }
    if (at == start || at >= args.size()) {
      return args;
    }
    List<String> rest = args.subList(at, args.size());
    int end = rest.contains("--") ? rest.indexOf("--") : rest.size();
    List<String> all = new ArrayList<>(args.subList(0, start));
    all.addAll(rest.subList(0, end));
    all.addAll(args.subList(start, at));
    all.addAll(rest.subList(end, rest.size()));
    return all;
  }

  private static boolean isLeading(String arg) {
    return arg.equals(LEADING_FLAG) || LEADING.contains(arg.split("=", 2)[0]);
  }

  /** Returns the arguments with the command first and its aliases resolved. */
  static List<String> resolved(List<String> args) {
    List<String> named = named(commandFirst(args));
    if (named.size() < MAX_WORDS || !VERBS.containsKey(named.get(1))) {
      return named;
    }
    Set<String> verbs = CommandLines.verbs(named.get(0));
    List<String> all = new ArrayList<>(named);
    Stream.concat(Stream.of(named.get(1)), VERBS.getOrDefault(named.get(1), List.of()).stream())
        .filter(verbs::contains)
        .findFirst()
        .ifPresent(verb -> all.set(1, verb));
    return all;
  }

  private static List<String> named(List<String> args) {
    for (int words = Math.min(MAX_WORDS, args.size()); words > 0; words--) {
      String name = NAMES.get(String.join(" ", args.subList(0, words)));
      if (name != null) {
        List<String> all = new ArrayList<>(List.of(name.split(" ")));
        all.addAll(args.subList(words, args.size()));
        return all;
      }
    }
    return args;
  }

  /** Rewrites the stack, whose top is the first argument; leaves the parsing to picocli. */
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    List<String> inOrder = new ArrayList<>(args);
    Collections.reverse(inOrder);
    List<String> resolved = new ArrayList<>(resolved(inOrder));
    Collections.reverse(resolved);
    args.clear();
    args.addAll(resolved);
    return false;
  }
}
