package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes the runnable jar of a next version out of this one, with the changes that a developer would
 * make: one more migration, and another format of journal files.
 */
final class NextVersion {
  static final String NAME = "99.0.0";

  private static final String MIGRATIONS = "dev/hookferry/jdbc/migration";
  private static final String SCHEMA =
      "adapters-jdbc/src/main/java/dev/hookferry/jdbc/database/Schema.java";
  private static final String RECORDS =
      "adapters-file/src/main/java/dev/hookferry/file/record/Record";
  private static final Pattern SCRIPTS = Pattern.compile("SCRIPTS\\s*=\\s*List\\.of\\(([^)]*)\\)");
  private static final Pattern FORMAT = Pattern.compile("int FORMAT = (\\d+);");

  private final Path present;
  private final Path folder;
  private final boolean compatible;

  private NextVersion(Path present, Path folder, boolean compatible) {
    this.present = present;
    this.folder = folder;
    this.compatible = compatible;
  }

  /**
   * Builds the jar.
   *
   * @param present the jar of this version
   * @param folder an empty folder to build in
   * @param compatible whether this version can run on what the next one writes
   */
  static Path build(Path present, Path folder, boolean compatible) throws IOException {
    return new NextVersion(present, folder, compatible).build();
  }

  private Path build() throws IOException {
    Path jar = folder.resolve("hookferry.jar");
    Files.copy(present, jar);
    Path classes = compiled();
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Files.writeString(
          inside.getPath("dev/hookferry/app/text/hookferry.properties"), "version=" + NAME);
      addMigrations(inside.getPath(MIGRATIONS));
      for (Path each : files(classes)) {
        Files.copy(
            each,
            inside.getPath(classes.relativize(each).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Adds a script to each dialect, which adds a column to a table that this version writes to. */
  private void addMigrations(Path migrations) throws IOException {
    List<Path> dialects;
    try (Stream<Path> folders = Files.list(migrations)) {
      dialects = folders.toList();
    }
    assertThat(dialects).hasSize(3);
    int number = scripts().size() + 1;
    for (Path dialect : dialects) {
      Files.writeString(
          dialect.resolve(script()),
          """
          ALTER TABLE hookferry_event ADD COLUMN remark varchar(100);
          INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (%d, %d);
          """
              .formatted(number, compatible ? number - 1 : number));
    }
  }

  /** Returns the scripts of this version, as literals. */
  private static List<String> scripts() throws IOException {
    Matcher list = SCRIPTS.matcher(source(SCHEMA));
    assertThat(list.find()).isTrue();
    return Stream.of(list.group(1).split(",")).map(String::strip).toList();
  }

  private static String script() throws IOException {
    return "V" + (scripts().size() + 1) + "__remark_on_an_event.sql";
  }

  private Path compiled() throws IOException {
    Matcher format = FORMAT.matcher(source(RECORDS + "Writer.java"));
    assertThat(format.find()).isTrue();
    int known = Integer.parseInt(format.group(1));
    String next = "" + (known + 1);

    List<String> scripts = new ArrayList<>(scripts());
    scripts.add('"' + script() + '"');
    change(SCHEMA, SCRIPTS.pattern(), "SCRIPTS = List.of(" + String.join(", ", scripts) + ")");
    change(RECORDS + "Writer.java", FORMAT.pattern(), "int FORMAT = " + next + ";");
    change(
        RECORDS + "Writer.java",
        "\\.number\\(\"format\", FORMAT\\)",
        ".number(\"format\", FORMAT).number(\"readableBy\", "
            + (compatible ? "" + known : next)
            + ")");
    change(RECORDS + "Reader.java", "format < RecordWriter\\.FORMAT", "format < " + known);
    return compile();
  }

  /** Changes a copy of a source file in one place. */
  private void change(String source, String pattern, String replacement) throws IOException {
    Path copy = folder.resolve("src").resolve(Path.of(source).getFileName());
    String text = Files.exists(copy) ? Files.readString(copy) : source(source);
    Matcher place = Pattern.compile(pattern).matcher(text);
    assertThat(place.results()).as("%s in %s", pattern, source).hasSize(1);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, place.replaceFirst(Matcher.quoteReplacement(replacement)));
  }

  private static String source(String path) throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }

  private Path compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path classes = folder.resolve("classes");
    List<String> options =
        List.of("--release", "17", "-proc:none", "-cp", "" + present, "-d", "" + classes);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(files(folder.resolve("src")));
      assertThat(compiler.getTask(null, files, null, options, null, sources).call()).isTrue();
    }
    return classes;
  }
}
