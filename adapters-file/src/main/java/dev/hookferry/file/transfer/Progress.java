package dev.hookferry.file.transfer;

import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferRecord;
import java.util.List;

/**
 * The progress of filling a store.
 *
 * @param mark the progress as the source understands it
 * @param ends the last journal file and the last file of the audit log, if it has any
 * @param open records of the last event, which may not be complete and is not in the journal yet
 */
record Progress(TransferMark mark, List<FileEnd> ends, List<TransferRecord> open) {
  Progress {
    ends = List.copyOf(ends);
    open = List.copyOf(open);
  }

  /**
   * The last file of its kind.
   *
   * @param name its name; files with greater names are newer
   * @param length its length in bytes
   */
  record FileEnd(String name, long length) {
    /** Returns the part of a file name after the dot. */
    static String kind(String name) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }
}
