package dev.usher.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a SQLite file that belong to nothing: the unallocated middle of each b-tree page,
 * the blocks that were freed in it, and the pages on the freelist (sqlite.org/fileformat2.html,
 * sections 1.5 and 1.6). Where SQLite moves rows from page to page it leaves copies of them in the
 * middle, with {@code secure_delete} too: a row that is erased later would still be readable there.
 * SQLite never reads these bytes, so they may be overwritten by whoever is sure that nobody writes
 * an older copy of the page after that.
 *
 * <p>A page's first byte says what it is: 2, 5, 10 or 13 in a b-tree. All other pages begin with
 * the four bytes of a page number, of which the first is zero in every file under 64 GiB.
 */
final class FreeBytes {

  private static final int FILE_HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;
  private static final int FREELIST_AT = 32;
  private static final int TRUNK_HEADER = 8;
  private static final int BLOCK_HEADER = 4;
  private static final int PAGES_AT_ONCE = 256;

  private final FileChannel file;
  private final int pageSize;
  private final int usable;

  /** Reads the header of a file whose log is empty. */
  FreeBytes(FileChannel file) throws IOException {
    this.file = file;
    ByteBuffer header = read(0, FILE_HEADER);
    if (header.limit() < FILE_HEADER) {
      throw new IOException("this is no SQLite file");
    }
    int size = unsigned(header, PAGE_SIZE_AT);
    pageSize = size == 1 ? 65_536 : size;
    if (Integer.bitCount(pageSize) != 1 || pageSize < 512) {
      throw new IOException("this is no SQLite file");
    }
    usable = pageSize - (header.get(RESERVED_AT) & 0xff);
  }

  /** A range of offsets in a page. */
  private record Range(int from, int to) {}

  /** Where the pages begin in which any such byte is not zero. */
  List<Long> used() throws IOException {
    Map<Long, List<Range>> freelist = freelist();
    List<Long> used = new ArrayList<>();
    long step = (long) PAGES_AT_ONCE * pageSize;
    for (long at = 0; at < file.size(); at += step) {
      ByteBuffer pages = read(at, (int) Math.min(step, file.size() - at));
      for (int start = 0; start + pageSize <= pages.limit(); start += pageSize) {
        ByteBuffer page = pages.slice(start, pageSize);
        if (!isZero(page, ranges(page, at + start, freelist))) {
          used.add(at + start);
        }
      }
    }
    return used;
  }

  /** Overwrites these bytes of these pages with zeros and syncs the file. */
  void clear(List<Long> pages) throws IOException {
    Map<Long, List<Range>> freelist = freelist();
    for (long at : pages) {
      if (at + pageSize <= file.size()) {
        for (Range range : ranges(read(at, pageSize), at, freelist)) {
          clear(at + range.from(), range.to() - range.from());
        }
      }
    }
    file.force(true);
  }

  private void clear(long at, int length) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(length);
    while (zeros.hasRemaining()) {
      if (file.write(zeros, at + zeros.position()) < 0) {
        throw new IOException("nothing can be written");
      }
    }
  }

  private List<Range> ranges(ByteBuffer page, long at, Map<Long, List<Range>> freelist) {
    List<Range> free = freelist.get(at);
    if (free != null) {
      return free;
    }
    int header = at == 0 ? FILE_HEADER : 0;
    return switch (page.get(header)) {
      case 2, 5 -> ofTree(page, header, header + 12);
      case 10, 13 -> ofTree(page, header, header + 8);
      default -> List.of();
    };
  }

  private List<Range> ofTree(ByteBuffer page, int header, int cells) {
    List<Range> ranges = new ArrayList<>();
    int content = unsigned(page, header + 5);
    add(ranges, cells + 2 * unsigned(page, header + 3), content == 0 ? 65_536 : content);
    int block = unsigned(page, header + 1);
    // Blocks come in rising order; anything else is a broken page, to be left alone.
    while (block != 0 && block + BLOCK_HEADER <= usable) {
      add(ranges, block + BLOCK_HEADER, block + unsigned(page, block + 2));
      int next = unsigned(page, block);
      block = next > block ? next : 0;
    }
    return ranges;
  }

  private void add(List<Range> ranges, int from, int to) {
    if (from < to && to <= usable) {
      ranges.add(new Range(from, to));
    }
  }

  private Map<Long, List<Range>> freelist() throws IOException {
    Map<Long, List<Range>> free = new HashMap<>();
    long trunk = number(read(0, FILE_HEADER), FREELIST_AT);
    while (trunk != 0 && free.get(start(trunk)) == null && start(trunk) < file.size()) {
      ByteBuffer page = read(start(trunk), pageSize);
      int leaves = (int) Math.min(number(page, 4), (usable - TRUNK_HEADER) / 4);
      List<Range> rest = new ArrayList<>();
      add(rest, TRUNK_HEADER + 4 * leaves, usable);
      free.put(start(trunk), rest);
      for (int i = 0; i < leaves; i++) {
        long leaf = start(number(page, TRUNK_HEADER + 4 * i));
        free.put(leaf, List.of(new Range(0, pageSize)));
      }
      trunk = number(page, 0);
    }
    return free;
  }

  private long start(long page) {
    return (page - 1) * pageSize;
  }

  private static boolean isZero(ByteBuffer page, List<Range> ranges) {
    for (Range range : ranges) {
      for (int i = range.from(); i < range.to(); i++) {
        if (page.get(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static long number(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = file.read(bytes, at + bytes.position());
    }
    return bytes.flip();
  }
}
