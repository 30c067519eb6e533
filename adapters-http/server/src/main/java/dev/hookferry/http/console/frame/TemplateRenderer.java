package dev.hookferry.http.console.frame;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** Renders pages from templates, which escape all values. */
public final class TemplateRenderer {
  private static final HtmlInterceptor NONE =
      new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(
            String tag, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String tag, TemplateOutput output) {}
      };

  private TemplateRenderer() {}

  /** A template with its parameters. */
  @FunctionalInterface
  public interface Template {
    void render(HtmlTemplateOutput output, HtmlInterceptor interceptor);
  }

  public static ConsoleReply page(Template template) {
    return page(200, template);
  }

  public static ConsoleReply page(int status, Template template) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    template.render(new OwaspHtmlTemplateOutput(output), NONE);
    return ConsoleReply.html(status, output.toByteArray());
  }
}
