package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands ids that terminal output has shortened, such as {@code dlv_…m2x0k7q}, by a lookup among
 * the newest of their kind.
 */
final class ShortenedIds {
  private static final Pattern SHORTENED =
      Pattern.compile(
          "(?<=^|[=,])((ep|dlv|evt|rpl|key)_[0-9a-z]{0,25})(?:…|\\.{2,3})([0-9a-z]{4,26})(?=$|,)");

  private static final String KEYS = "keys";

  /** The last path segment of each list, by id prefix. */
  private static final Map<String, String> LISTS =
      Map.of(
          "ep", "endpoints",
          "dlv", "deliveries",
          "evt", "events",
          "rpl", "replay-jobs",
          "key", KEYS);

  private static final int NEWEST = 1_000;

  private final ServerOptions server;

  private ShortenedIds(ServerOptions server) {
    this.server = server;
  }

  /**
   * Returns the arguments with full ids; the given list if none is shortened.
   *
   * @throws InvalidException if a shortened id matches none, or more than one, of the newest
   */
  static List<String> whole(List<String> args, List<Object> mixins) {
    if (args.stream().noneMatch(arg -> SHORTENED.matcher(arg).find())) {
      return args;
    }
    return mixins.stream()
        .filter(ServerOptions.class::isInstance)
        .map(mixin -> new ShortenedIds((ServerOptions) mixin))
        .findFirst()
        .map(ids -> args.stream().map(ids::whole).toList())
        .orElse(args);
  }

  private String whole(String arg) {
    return SHORTENED.matcher(arg).replaceAll(found -> Matcher.quoteReplacement(id(found)));
  }

  private String id(MatchResult found) {
    String list = String.valueOf(LISTS.get(found.group(2)));
    Path path = list.equals(KEYS) ? Path.of(KEYS) : path(list);
    List<String> ids = new ArrayList<>();
    for (JsonNode one : TableListing.fetch(server.client(), path, NEWEST).path("data")) {
      String id = one.path("id").asText();
      if (id.startsWith(found.group(1)) && id.endsWith(found.group(3))) {
        ids.add(id);
      }
    }
    if (ids.size() != 1) {
      throw InvalidException.of(
          "",
          "%s is shortened, and %s of the newest %s has such an id; -o wide shows ids in full"
              .formatted(
                  found.group(),
                  ids.isEmpty() ? "none" : "more than one",
                  list.equals("replay-jobs") ? "replays" : list));
    }
    return ids.get(0);
  }

  private Path path(String list) {
    return server instanceof SiteOptions site ? site.path(list) : Path.ofSite("default", list);
  }
}
