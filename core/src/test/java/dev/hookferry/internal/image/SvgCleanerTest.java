package dev.hookferry.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.CpuTime;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvgCleanerTest {
  private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\" ";
  private static final String LINKS = "xmlns:xlink=\"http://www.w3.org/1999/xlink\" ";
  private static final String DRAWING = "<path d=\"M0 0h9v9z\"/>";

  /** Whatever could run or load something, in any spelling. */
  private static final Pattern DANGER =
      Pattern.compile(
          "script|foreignObject|[\\s\"]on[a-z]+=|javascript|data:|https?://(?!www\\.w3\\.org/2000/svg)"
              + "|url\\((?!#)|@import|<image|<animate|<set|<!|<\\?|evil|file:|expression",
          Pattern.CASE_INSENSITIVE);

  /** Parts of files that are put anywhere into another one. */
  private static final List<String> PARTS =
      List.of(
          "<",
          ">",
          "/",
          "'",
          "\"",
          "=",
          "&",
          ";",
          "#",
          "url(",
          ")",
          "<script>",
          "</script>",
          "on",
          "href",
          "<![CDATA[",
          "]]>",
          "<!--",
          "-->",
          "<g ",
          "<style>",
          "</style>",
          "style='",
          "javascript:",
          "&#60;",
          "xlink:",
          "<use href='#a'/>",
          "\\",
          "@import",
          "<path d='M0 0'/>",
          "</svg>",
          "\u0000");

  private static String svg(String content) {
    return SVG + LINKS + "viewBox=\"0 0 9 9\">" + content + "</svg>";
  }

  private static CleanedImage cleaned(String file) {
    return SvgCleaner.clean(file.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(CleanedImage image) {
    return image.content().text();
  }

  @Test
  void aDrawingStaysAsItIs() {
    String drawing =
        "<defs><linearGradient id=\"a\" x1=\"0\"><stop offset=\"0\" stop-color=\"#fff\"/>"
            + "</linearGradient><clipPath id=\"c\"><circle r=\"4\"/></clipPath></defs>"
            + "<style>.st0{fill:rgb(1, 2, 3);}</style>"
            + "<g transform=\"translate(1 2) rotate(3)\" clip-path=\"url(#c)\">"
            + "<path class=\"st0\" d=\"M0 0h9v9z\" fill=\"url(#a)\"/></g>"
            + "<text x=\"1\" font-family=\"Arial, 'Open Sans'\">A &amp; B &lt;é</text>"
            + "<use href=\"#a\" x=\"2\"/>";
    CleanedImage image = cleaned(svg(drawing));
    assertThat(text(image)).endsWith("height=\"9.0\">" + drawing + "</svg>");
    assertThat(image.removed()).isEmpty();
    assertThat(image.width()).isEqualTo(9);
    assertThat(text(cleaned(text(image)))).isEqualTo(text(image));
  }

  @Test
  void traceOfEditorsAreLeftOutSilently() {
    CleanedImage image =
        cleaned(
            "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><?evil x?><!-- evil -->"
                + "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://evil.example/i\""
                + " width=\"20px\" height=\" 10 \" i:version=\"1\" xml:space=\"preserve\">"
                + "<title>evil</title><metadata><i:x>evil</i:x></metadata>"
                + "<i:namedview><i:grid/></i:namedview><![CDATA[evil]]>evil"
                + DRAWING
                + "</svg>");
    assertThat(text(image))
        .isEqualTo(
            SVG + "width=\"20.0\" height=\"10.0\" viewBox=\"0 0 20.0 10.0\">" + DRAWING + "</svg>");
    assertThat(image.removed()).isEmpty();
  }

  @Test
  void aStyleKeepsItsLooksAndPrevailsOverAttributes() {
    String styled =
        "<path style=\"fill:url(#a); stroke : red;color:x\\3a;behavior:url(evil)\" fill=\"blue\""
            + " d=\"M0 0\"/>";
    CleanedImage image = cleaned(svg(styled));
    assertThat(text(image)).contains("<path fill=\"url(#a)\" d=\"M0 0\" style=\"stroke:red;\"/>");
    assertThat(image.removed()).containsExactly("style");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>evil()</script>",
        "<SCRIPT>evil()</SCRIPT>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>evil()</x:script>",
        "<g onclick='evil()'/>",
        "<g ONLOAD='evil()'/>",
        "<a xlink:href='javascript:evil()'>" + DRAWING + "</a>",
        "<a href=' java&#10;script:evil()'>" + DRAWING + "</a>",
        "<image href='http://evil.example/a.png'/>",
        "<image xlink:href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<use href='http://evil.example/a.svg#a'/>",
        "<use xlink:href='file:///etc/passwd#a'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>evil</body></foreignObject>",
        "<style>@import 'http://evil.example/a.css';</style>",
        "<style>a{fill:url(http://evil.example/a)}</style>",
        "<style>a{fill:u\\72l(http://evil.example/a)}</style>",
        "<style>a{fill:URL (http://evil.example/a)}</style>",
        "<style>a{x:expression(evil())}</style>",
        "<style>&lt;/style>&lt;script>evil()&lt;/script></style>",
        "<style><![CDATA[</style><script>evil()</script>]]></style>",
        "<g style='fill:url(http://evil.example/a)'/>",
        "<g style='fill:u\\72l(http://evil.example/a)'/>",
        "<g fill='url(http://evil.example/a)'/>",
        "<g fill='URL(&#x68;ttp://evil.example/a)'/>",
        "<g fill='url(#a) url(http://evil.example/a)'/>",
        "<g filter='url(http://evil.example/a)'/>",
        "<animate attributeName='href' values='javascript:evil()'/>",
        "<set attributeName='onclick' to='evil()'/>",
        "<animate onbegin='evil()'/>",
        "<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>evil()</handler>",
        "<iframe src='http://evil.example/'/>",
        "<x:iframe xmlns:x='http://www.w3.org/1999/xhtml' src='http://evil.example/'/>",
        "<text><script>evil()</script></text>",
        "<desc><script>evil()</script></desc>",
        "<switch><foreignObject/><script>evil()</script></switch>",
        "<g id='&quot;>&lt;script>evil()&lt;/script>'/>",
        "<?xml-stylesheet href='http://evil.example/a.css'?>",
        "<g xml:base='http://evil.example/'><use href='#a'/></g>",
        "<feImage href='http://evil.example/a.png'/>",
        "<text>x</text><cursor xlink:href='http://evil.example/'/>",
        "<!--><script>evil()</script>-->"
      })
  void harmfulContentIsLeftOut(String attack) {
    String whole = svg(attack + DRAWING);
    CleanedImage image = cleaned(whole);
    assertThat(text(image)).contains("M0 0h9v9z").doesNotContainPattern(DANGER);
    assertThat(text(cleaned(text(image)))).isEqualTo(text(image));
  }

  @Test
  void reportsWhatWasRemoved() {
    assertThat(
            cleaned(svg("<script/><g onload='x'/><use href='http://x/'/><filter/>" + DRAWING))
                .removed())
        .containsExactly("filter", "href", "onload", "script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
        "<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
        "<!doctype svg><svg/>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://evil.example/svg11.dtd'><svg/>"
      })
  void aDoctypeIsRefused(String file) {
    assertThatThrownBy(() -> cleaned(file))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must have no DOCTYPE and no entities");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg viewBox='0 0 9 9'><path>|is not well-formed XML at line 1",
        "<svg viewBox='0 0 9 9'>&unknown;<path/></svg>|is not well-formed XML",
        "<html><body/></html>|must be a PNG, or an SVG in UTF-8",
        "<svg xmlns='http://www.w3.org/1999/xhtml'/>|must be a PNG, or an SVG in UTF-8",
        "GIF89a|must be a PNG, or an SVG in UTF-8",
        "<svg viewBox='0 0 9 9'/>|shows nothing",
        "<svg viewBox='0 0 9 9'><script/><image/></svg>|once unsafe parts are removed: image, script",
        "<svg><path d=''/></svg>|must have a viewBox, or width and height in pixels",
        "<svg viewBox='0 0 0 9'><path d=''/></svg>|must have a viewBox",
        "<svg viewBox='0 0 NaN 9'><path d=''/></svg>|must have a viewBox",
        "<svg viewBox='0 0 1e9 9'><path d=''/></svg>|must have a viewBox",
        "<svg width='100%' height='100%'><path d=''/></svg>|must have a viewBox",
        "<svg viewBox='0 0 9 9'><g id='a'><use href='#a'/></g></svg>|must not refer to itself (#a)",
        "<svg viewBox='0 0 9 9'><mask id='a' mask='url(#b)'/><mask id='b' mask='url(#a)'/><path/>"
            + "</svg>|must not refer to itself"
      })
  void imagesThatCannotBeSanitizedAreRefused(String example) {
    String[] parts = example.split("\\|", -1);
    assertThatThrownBy(() -> cleaned(parts[0]))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("image: ")
        .hasMessageContaining(parts[1]);
  }

  @Test
  void otherEncodingsAreRefused() {
    assertThatThrownBy(() -> SvgCleaner.clean(svg("é").getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("in UTF-8");
    assertThatThrownBy(() -> SvgCleaner.clean(svg(DRAWING).getBytes(StandardCharsets.UTF_16)))
        .hasMessageContaining("in UTF-8");
  }

  @Test
  void aSmallFileThatDrawsWithoutEndIsRefused() {
    StringBuilder laughs = new StringBuilder("<g id='a0'><path d='M0 0'/></g>");
    for (int i = 1; i < 30; i++) {
      String use = "<use href='#a" + (i - 1) + "'/>";
      laughs.append("<g id='a").append(i).append("'>").append(use).append(use).append("</g>");
    }
    assertThatThrownBy(() -> cleaned(svg(laughs.toString())))
        .hasMessageContaining("must draw at most 10000 elements");
    StringBuilder clips = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String path = "<path d='M0 0' clip-path='url(#c" + (i + 1) + ")'/>";
      clips.append("<clipPath id='c").append(i).append("'>").append(path + path);
      clips.append("</clipPath>");
    }
    assertThatThrownBy(() -> cleaned(svg(clips + DRAWING)))
        .hasMessageContaining("must draw at most 10000 elements");
    assertThatThrownBy(() -> cleaned(svg("<g>".repeat(9_000) + "</g>".repeat(9_000))))
        .hasMessageContaining("within each other");
    assertThatThrownBy(() -> cleaned(svg("<x>".repeat(9_000) + "</x>".repeat(9_000))))
        .hasMessageContaining("within each other");
  }

  @Test
  void timeGrowsWithTheSizeOnly() {
    Duration took = CpuTime.of(() -> cleanLong(60_000));

    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  private static void cleanLong(int size) {
    for (String value :
        new String[] {
          "a".repeat(size),
          "1".repeat(size) + "x",
          " ".repeat(size) + "x",
          "(".repeat(size),
          "url(".repeat(size / 4),
          "a (".repeat(size / 3),
          "#".repeat(size),
          ";:".repeat(size / 2)
        }) {
      for (String name : new String[] {"d", "style", "fill", "class", "id", "href"}) {
        var unused = cleaned(svg("<g " + name + "='" + value + "'/>" + DRAWING));
      }
      var unused = cleaned(svg("<style>" + value + "</style>" + DRAWING));
      assertThatThrownBy(() -> cleaned("<svg width='" + value + "'>" + DRAWING + "</svg>"))
          .isInstanceOf(InvalidException.class);
    }
  }

  @Test
  void anythingIsEitherRefusedOrHarmless() {
    Random random = new Random(163);
    int kept = 0;
    for (int i = 0; i < 4_000; i++) {
      StringBuilder file = new StringBuilder(svg("<g id='a' style='fill:red'>" + DRAWING + "</g>"));
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = 60 + random.nextInt(file.length() - 60);
        file.insert(at, PARTS.get(random.nextInt(PARTS.size())));
      }
      try {
        String text = text(cleaned(file.toString()));
        assertThat(text).as(file.toString()).doesNotContainPattern(DANGER);
        assertThat(text(cleaned(text))).as(file.toString()).isEqualTo(text);
        kept++;
      } catch (InvalidException e) {
        assertThat(e.getMessage()).startsWith("image: ");
      }
    }
    assertThat(kept).isGreaterThan(200);
  }
}
