package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A view of another disk that changes nothing. Repairs made when a store is opened, such as cutting
 * off an incomplete batch, are skipped; the caller continues as if they had been made. New files
 * are refused. Thread-safe.
 */
public final class ReadOnlyDisk implements Disk {
  private final Disk disk;

  public ReadOnlyDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void lock() throws IOException {
    disk.lock();
  }

  @Override
  public List<String> list() throws IOException {
    return disk.list();
  }

  @Override
  public DiskFile open(String name, Access access) throws IOException {
    if (access == Access.CREATE) {
      throw refused(name);
    }
    return new ReadOnlyFile(name, disk.open(name, Access.READ));
  }

  private static IOException refused(String name) {
    return new IOException(name + " cannot be written: the store is open read-only");
  }

  @Override
  public void rename(String from, String to) throws IOException {
    throw refused(to);
  }

  @Override
  public void delete(String name) {}

  @Override
  public void sync() {}

  @Override
  public long room() throws IOException {
    return disk.room();
  }

  @Override
  public void close() {
    disk.close();
  }

  @Override
  public String toString() {
    return disk.toString();
  }

  private record ReadOnlyFile(String name, DiskFile file) implements DiskFile {
    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
      file.read(target, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      throw refused(name);
    }

    @Override
    public void truncate(long size) {}

    @Override
    public void force() {}

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
