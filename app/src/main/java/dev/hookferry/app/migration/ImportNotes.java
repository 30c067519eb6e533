package dev.hookferry.app.migration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the notes of an import, without duplicates. Not thread-safe. */
public final class ImportNotes {
  private final Set<ImportNote> notes = new LinkedHashSet<>();

  /** Adds a remark on one site or endpoint; an empty subject stands for all of them. */
  public void add(ImportNote.Kind kind, String subject, String text) {
    notes.add(new ImportNote(kind, subject, text));
  }

  /** Adds a remark that something works differently for all imported items. */
  public void differs(String text) {
    add(ImportNote.Kind.DIFFERENT, "", text);
  }

  /** Returns the notes in the order in which they were added. */
  public List<ImportNote> all() {
    return List.copyOf(notes);
  }
}
