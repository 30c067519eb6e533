package dev.hookferry.body;

import dev.hookferry.internal.json.JsonCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree of a template's pointers, which finds the values of all of them in one pass over a JSON
 * text. If a member name occurs more than once, the first member counts. Not changed after its
 * first use for reading.
 */
final class PointerTree {
  private final Branch root = new Branch(0);
  private int slots;

  private static final class Branch {
    private final Map<String, Branch> children = new HashMap<>();
    private final int index;
    private int slot = -1;

    /** Creates a branch with its index among its siblings. */
    Branch(int index) {
      this.index = index;
    }

    private Branch child(String name) {
      return children.computeIfAbsent(name, anew -> new Branch(children.size()));
    }
  }

  /** Returns the slot of a pointer, adding the pointer if absent. */
  int slot(List<String> names) {
    Branch branch = root;
    for (String name : names) {
      branch = branch.child(name);
    }
    if (branch.slot < 0) {
      branch.slot = slots++;
    }
    return branch.slot;
  }

  /**
   * Returns the values of the pointers by slot; {@link TemplateValue#NULL} if there is no value.
   */
  List<TemplateValue> read(TemplateValue value) {
    List<TemplateValue> found = nothing();
    if (root.slot >= 0) {
      found.set(root.slot, value);
    }
    inside(root, value.cursor(), found, true);
    return found;
  }

  /**
   * Returns the values of the pointers by slot; {@link TemplateValue#NULL} if there is no value.
   *
   * @param source returns the value of the first name of a pointer, or null if there is none
   */
  List<TemplateValue> read(Source source) {
    List<TemplateValue> found = nothing();
    root.children.forEach(
        (name, branch) -> {
          TemplateValue value = source.value(name);
          if (value != null) {
            if (branch.slot >= 0) {
              found.set(branch.slot, value);
            }
            inside(branch, value.cursor(), found, true);
          }
        });
    return found;
  }

  /** A source of values by name. */
  interface Source {
    @Nullable TemplateValue value(String name);
  }

  private List<TemplateValue> nothing() {
    return new ArrayList<>(Collections.nCopies(slots, TemplateValue.NULL));
  }

  private static void value(Branch branch, JsonCursor in, List<TemplateValue> found) {
    var unused = in.peek();
    int from = in.at();
    if (branch.children.isEmpty()) {
      in.skipValue();
    } else {
      inside(branch, in, found, false);
    }
    if (branch.slot >= 0) {
      found.set(branch.slot, TemplateValue.of(in.text(), from, in.at()));
    }
  }

  /**
   * Reads the wanted values inside the value at the cursor.
   *
   * @param mayStop whether the cursor may stay inside the value once all are found
   */
  private static void inside(
      Branch branch, JsonCursor in, List<TemplateValue> found, boolean mayStop) {
    if (branch.children.isEmpty()) {
      return;
    }
    switch (in.peek()) {
      case '{' -> members(branch, in, found, mayStop);
      case '[' -> elements(branch, in, found);
      default -> in.skipValue();
    }
  }

  private static void members(
      Branch branch, JsonCursor in, List<TemplateValue> found, boolean mayStop) {
    boolean[] seen = new boolean[branch.children.size()];
    int left = seen.length;
    in.skip();
    while (!in.skipIf('}')) {
      Branch child = branch.children.get(in.name());
      if (child == null || seen[child.index]) {
        in.skipValue();
      } else {
        seen[child.index] = true;
        left--;
        value(child, in, found);
        if (left == 0) {
          if (!mayStop) {
            in.skipContainer();
          }
          return;
        }
      }
      var unused = in.skipIf(',');
    }
  }

  private static void elements(Branch branch, JsonCursor in, List<TemplateValue> found) {
    in.skip();
    int left = branch.children.size();
    for (int i = 0; !in.skipIf(']'); i++) {
      Branch child = left == 0 ? null : branch.children.get(Integer.toString(i));
      if (child == null) {
        in.skipValue();
      } else {
        left--;
        value(child, in, found);
      }
      var unused = in.skipIf(',');
    }
  }
}
