package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java block of a page: a complete source file, or an excerpt of a test that the page names. */
record JavaBlock(Path page, boolean isExcerpt, String after, String code) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java( excerpt)?\n(.*?)^```$");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|interface|record) (\\w+)");

  /** Returns all blocks of the README, the manual and the notes for contributors. */
  static List<JavaBlock> all() {
    return pages().stream().flatMap(JavaBlock::in).toList();
  }

  /** Returns the block with this type. */
  static JavaBlock of(String type) {
    return all().stream()
        .filter(block -> !block.isExcerpt && block.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  static List<Path> pages() {
    try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
      return Stream.concat(
              files.filter(file -> file.toString().endsWith(".md")).sorted(),
              Stream.of(Path.of("../README.md"), Path.of("../CONTRIBUTING.md")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JavaBlock> in(Path page) {
    String text = read(page);
    return BLOCK
        .matcher(text)
        .results()
        .map(
            found ->
                new JavaBlock(
                    page, found.group(1) != null, text.substring(found.end()), found.group(2)));
  }

  String type() {
    Matcher type = TYPE.matcher(code);
    assertThat(type.find()).as("a type in the block of %s:%n%s", page, code).isTrue();
    return type.group(1);
  }

  private String qualifiedType() {
    Matcher room = PACKAGE.matcher(code);
    return room.find() ? room.group(1) + '.' + type() : type();
  }

  /** Compiles the block as a file of its own and loads its type. */
  Class<?> compile(Path folder) {
    try {
      Path source = Files.writeString(folder.resolve(type() + ".java"), code);
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
        compiler
            .getTask(
                null,
                files,
                found,
                List.of("-d", folder.toString(), "-proc:none", "-cp", classPath()),
                null,
                files.getJavaFileObjects(source))
            .call();
      }
      assertThat(found.getDiagnostics()).as("the block of %s", page).isEmpty();
      URL[] classes = {folder.toUri().toURL()};
      return new URLClassLoader(classes, JavaBlock.class.getClassLoader())
          .loadClass(qualifiedType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the class path of the tests; Surefire hides it in the manifest of a jar. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
