package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the name, uid and metadata of a site. */
public final class SiteProfileOptions {
  @Option(names = "--name", paramLabel = "TEXT", description = "A display name.")
  private @Nullable String name;

  @Option(
      names = "--uid",
      paramLabel = "NAME",
      description = "Your id for the site, unique among all sites; \"\" removes it.")
  private @Nullable String uid;

  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description =
          "A note for programs; repeatable. A change replaces all existing ones; none removes all.")
  private @Nullable List<String> metadata;

  /** Adds the fields of the given options to the body of a request. */
  public void addTo(ObjectNode body) {
    if (name != null) {
      body.put("name", name);
    }
    if (uid != null) {
      body.put("uid", uid.isEmpty() ? null : uid);
    }
    OptionProblems problems = new OptionProblems();
    EndpointOptions.addPairs(body, "metadata", "--metadata", metadata, problems);
    problems.throwIfAny();
  }
}
