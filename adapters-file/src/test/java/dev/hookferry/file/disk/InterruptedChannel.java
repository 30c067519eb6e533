package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Behaves like a channel of the JDK that an interrupt of another thread closes while a call begins:
 * the call does nothing and returns.
 */
final class InterruptedChannel extends FileChannel {
  private int closed() throws IOException {
    close();
    return -1;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return closed();
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    from.position(from.limit());
    return closed();
  }

  @Override
  public long size() throws IOException {
    return closed();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    close();
    return null;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    close();
  }

  @Override
  protected void implCloseChannel() {}

  @Override
  public int read(ByteBuffer into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
