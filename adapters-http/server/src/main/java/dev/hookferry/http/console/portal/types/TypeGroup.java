package dev.hookferry.http.console.portal.types;

import dev.hookferry.http.console.portal.types.PublicTypes.TypeLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Event types with the same prefix, up to a dot or an underscore.
 *
 * @param pattern the pattern of all of them, such as {@code order.*}; empty for types that share no
 *     prefix with another
 * @param types the types
 */
public record TypeGroup(String pattern, List<TypeLine> types) {
  private static final Pattern BEGINNING = Pattern.compile("[^._]+[._]");

  /** Returns whether all types of the group are built in. */
  public boolean isBuiltIn() {
    return types.stream().allMatch(TypeLine::isBuiltIn);
  }

  /**
   * Returns the groups in the order of their first types. Types without a group follow the groups
   * with the site's own types.
   */
  public static List<TypeGroup> of(List<TypeLine> types) {
    Map<String, List<TypeLine>> byBeginning = new LinkedHashMap<>();
    for (TypeLine type : types) {
      Matcher found = BEGINNING.matcher(type.type());
      String beginning = found.lookingAt() ? found.group() : "";
      byBeginning.computeIfAbsent(beginning, unused -> new ArrayList<>()).add(type);
    }
    List<TypeGroup> groups = new ArrayList<>();
    List<TypeLine> single = new ArrayList<>();
    byBeginning.forEach(
        (beginning, members) -> {
          if (beginning.isEmpty() || members.size() == 1) {
            single.addAll(members);
          } else {
            groups.add(new TypeGroup(beginning + "*", members));
          }
        });
    if (!single.isEmpty()) {
      long own = groups.stream().takeWhile(group -> !group.isBuiltIn()).count();
      groups.add((int) own, new TypeGroup("", single));
    }
    return groups;
  }
}
