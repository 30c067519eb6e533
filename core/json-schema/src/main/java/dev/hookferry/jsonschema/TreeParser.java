package dev.hookferry.jsonschema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parser that builds a tree from a string that {@link dev.hookferry.event.JsonValidator} has
 * accepted. Does not validate the string again. If a name occurs twice, the last one wins, as in
 * most parsers.
 */
final class TreeParser {
  private final String text;
  private final Budget budget;
  private int at;

  private TreeParser(String text, Budget budget) {
    this.text = text;
    this.budget = budget;
  }

  static JsonTree parse(String text, Budget budget) {
    return new TreeParser(text, budget).value(null, "");
  }

  private JsonTree value(@Nullable JsonTree parent, String name) {
    char first = peek();
    return switch (first) {
      case '{' -> object(parent, name);
      case '[' -> array(parent, name);
      case '"' -> new JsonTree(string(), parent, name, budget);
      case 't' -> word("true", true, parent, name);
      case 'f' -> word("false", false, parent, name);
      case 'n' -> word("null", null, parent, name);
      default -> number(parent, name);
    };
  }

  private JsonTree object(@Nullable JsonTree parent, String name) {
    Map<String, JsonTree> members = new LinkedHashMap<>();
    JsonTree tree = new JsonTree(members, parent, name, budget);
    at++;
    while (peek() != '}') {
      if (peek() == ',') {
        at++;
        var unused = peek();
      }
      String member = string();
      if (peek() == ':') {
        at++;
      }
      members.put(member, value(tree, member));
    }
    at++;
    return tree;
  }

  private JsonTree array(@Nullable JsonTree parent, String name) {
    List<JsonTree> elements = new ArrayList<>();
    JsonTree tree = new JsonTree(elements, parent, name, budget);
    at++;
    while (peek() != ']') {
      if (peek() == ',') {
        at++;
      }
      elements.add(value(tree, Integer.toString(elements.size())));
    }
    at++;
    return tree;
  }

  private JsonTree word(
      String word, @Nullable Object value, @Nullable JsonTree parent, String name) {
    at += word.length();
    return new JsonTree(value, parent, name, budget);
  }

  private JsonTree number(@Nullable JsonTree parent, String name) {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    BigDecimal number = new BigDecimal(text.substring(from, at)).stripTrailingZeros();
    return new JsonTree(number, parent, name, budget);
  }

  private String string() {
    int from = ++at;
    int end = at;
    while (text.charAt(end) != '"') {
      if (text.charAt(end) == '\\') {
        return escaped(from);
      }
      end++;
    }
    at = end + 1;
    return text.substring(from, end);
  }

  private String escaped(int from) {
    StringBuilder out = new StringBuilder();
    at = from;
    char c = text.charAt(at++);
    while (c != '"') {
      out.append(c == '\\' ? escape() : c);
      c = text.charAt(at++);
    }
    return out.toString();
  }

  private char escape() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  private char peek() {
    while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.charAt(at);
  }
}
