import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Adds Hookferry to the base that {@code image.sh} made, which starts this as a single file. */
final class ContainerImage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/opt/hookferry");
  private static final AbsoluteUnixPath DATA = AbsoluteUnixPath.get("/data");

  private final Path work;
  private final Path files;
  private final Instant time;

  private ContainerImage(Path work, Instant time) {
    this.work = work;
    this.files = work.resolve("hookferry");
    this.time = time;
  }

  /**
   * Builds the image from the folder of {@code image.sh}, the file to write, the version and the
   * time of all files.
   */
  public static void main(String[] args) throws Exception {
    var image = new ContainerImage(Path.of(args[0]), Instant.parse(args[3]));
    image.completeSbom(Path.of("../target/hookferry-sbom.json"));
    JibContainer built = image.build(Path.of(args[1]), args[2]);
    System.out.println("Container image hookferry:" + args[2] + " " + built.getImageId());
  }

  private JibContainer build(Path output, String version) throws Exception {
    String architecture =
        JSON.readTree(work.resolve("config.json").toFile()).get("architecture").asText();
    return Jib.from(TarImage.at(work.resolve("base.tar")))
        .setPlatforms(Set.of(new Platform(architecture, "linux")))
        .addFileEntriesLayer(layer("runtime", "runtime"))
        .addFileEntriesLayer(
            layer(
                "hookferry",
                "bin",
                "lib/hookferry.jar",
                "LICENSE",
                "NOTICE",
                "hookferry-sbom.json"))
        // Alone, since Java writes them differently each time; all other layers are the same in every
        // build.
        .addFileEntriesLayer(layer("classes", "lib/commands.jsa", "lib/server.jsa"))
        .setCreationTime(time)
        // By number, so that Kubernetes sees that it is not root.
        .setUser("8087:8087")
        .setWorkingDirectory(DATA)
        .addVolume(DATA)
        .addExposedPort(Port.tcp(8087))
        // A proxy terminates TLS in front of the container, unless it gets a certificate.
        .addEnvironmentVariable("HOOKFERRY_BIND", "0.0.0.0")
        .addEnvironmentVariable("HOOKFERRY_BEHIND_PROXY", "true")
        .addEnvironmentVariable("HOOKFERRY_STORE", "file:/data")
        .setEntrypoint(HOME.resolve("bin/hookferry").toString())
        .setProgramArguments("serve")
        .setLabels(labels(version))
        .containerize(
            Containerizer.to(TarImage.at(output).named("hookferry:" + version))
                .setBaseImageLayersCache(work.resolve("cache"))
                .setApplicationLayersCache(work.resolve("cache"))
                .setToolName("jib-core")
                .setOfflineMode(true));
  }

  /** In one order, unlike {@code Map.of}, whose order changes from run to run. */
  private static Map<String, String> labels(String version) {
    Map<String, String> labels = new LinkedHashMap<>();
    String prefix = "org.opencontainers.image.";
    labels.put(prefix + "title", "Hookferry");
    labels.put(prefix + "description", "Webhook delivery server");
    labels.put(prefix + "version", version);
    labels.put(prefix + "vendor", "The Hookferry developers");
    labels.put(prefix + "licenses", "Apache-2.0");
    labels.put(prefix + "url", "https://hookferry.dev");
    labels.put(prefix + "source", "https://github.com/hookferry/hookferry");
    labels.put(prefix + "base.name", "debian");
    return labels;
  }

  /** With the permissions of the files, but neither their times nor their owners. */
  private FileEntriesLayer layer(String name, String... parts) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (String part : parts) {
      layer.addEntryRecursive(
          files.resolve(part),
          HOME.resolve(part),
          (file, inside) -> permissions(file),
          (file, inside) -> time);
    }
    return layer.build();
  }

  private static FilePermissions permissions(Path file) {
    try {
      return FilePermissions.fromPosixFilePermissions(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds to the list of libraries those that only the image contains: the packages of Debian and Java.
   */
  private void completeSbom(Path libraries) throws IOException {
    ObjectNode sbom = (ObjectNode) JSON.readTree(libraries.toFile());
    ArrayNode components = (ArrayNode) sbom.get("components");
    for (String paragraph : Files.readString(work.resolve("status")).strip().split("\n\n+")) {
      Properties fields = fields(new StringReader(paragraph));
      String name = fields.getProperty("Package");
      String version = fields.getProperty("Version");
      add(components, "library", name, version)
          .put(
              "purl",
              "pkg:deb/debian/%s@%s?arch=%s"
                  .formatted(
                      name,
                      URLEncoder.encode(version, StandardCharsets.UTF_8),
                      fields.getProperty("Architecture")));
    }
    try (Reader release = Files.newBufferedReader(files.resolve("runtime/release"))) {
      Properties fields = fields(release);
      add(components, "platform", "java", fields.getProperty("JAVA_VERSION").replace("\"", ""));
    }
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(files.resolve("hookferry-sbom.json").toFile(), sbom);
  }

  private static Properties fields(Reader text) throws IOException {
    Properties fields = new Properties();
    fields.load(text);
    return fields;
  }

  private static ObjectNode add(ArrayNode components, String type, String name, String version) {
    return components.addObject().put("type", type).put("name", name).put("version", version);
  }
}
