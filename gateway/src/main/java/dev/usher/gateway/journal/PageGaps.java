package dev.usher.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The unallocated bytes in the middle of each b-tree page of a SQLite file (see "B-tree Pages" of
 * sqlite.org/fileformat2.html). Where SQLite moves rows from page to page it leaves copies of them
 * there, with {@code secure_delete} too: a row that is erased later would still be readable in
 * them. SQLite never reads these bytes, so they may be overwritten at any time by whoever is sure
 * that no older content of the page is written after that.
 *
 * <p>A page's first byte says what it is: 2, 5, 10 or 13 in a b-tree. All other pages begin with
 * the four bytes of a page number, of which the first is zero in every file under 64 GiB.
 */
final class PageGaps {

  private static final int FILE_HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;
  private static final int BLOCK_PAGES = 256;

  private final FileChannel file;
  private final int pageSize;
  private final int usable;

  /** Reads the header of a file whose log is empty. */
  PageGaps(FileChannel file) throws IOException {
    this.file = file;
    ByteBuffer header = read(0, FILE_HEADER);
    int size = unsigned(header, PAGE_SIZE_AT);
    pageSize = size == 1 ? 65_536 : size;
    if (Integer.bitCount(pageSize) != 1 || pageSize < 512) {
      throw new IOException("this is no SQLite file");
    }
    usable = pageSize - (header.get(RESERVED_AT) & 0xff);
  }

  /** Where the pages begin whose gaps hold anything but zeros. */
  List<Long> used() throws IOException {
    List<Long> used = new ArrayList<>();
    long block = (long) BLOCK_PAGES * pageSize;
    for (long at = 0; at < file.size(); at += block) {
      ByteBuffer pages = read(at, (int) Math.min(block, file.size() - at));
      for (int page = 0; page + pageSize <= pages.limit(); page += pageSize) {
        Gap gap = gap(pages, page, at + page == 0);
        if (!isZero(pages, page + gap.from(), page + gap.to())) {
          used.add(at + page);
        }
      }
    }
    return used;
  }

  /** Overwrites the gaps of these pages with zeros and syncs the file. */
  void clear(List<Long> pages) throws IOException {
    for (long at : pages) {
      if (at + pageSize <= file.size()) {
        Gap gap = gap(read(at, pageSize), 0, at == 0);
        ByteBuffer zeros = ByteBuffer.allocate(gap.to() - gap.from());
        while (zeros.hasRemaining()) {
          int written = file.write(zeros, at + gap.from() + zeros.position());
          if (written < 0) {
            throw new IOException("nothing can be written");
          }
        }
      }
    }
    file.force(true);
  }

  /** Offsets in a page; nothing where it is no b-tree page. */
  private record Gap(int from, int to) {
    static final Gap NONE = new Gap(0, 0);
  }

  private Gap gap(ByteBuffer pages, int page, boolean isFirst) {
    int header = isFirst ? FILE_HEADER : 0;
    int type = pages.get(page + header);
    if (type != 2 && type != 5 && type != 10 && type != 13) {
      return Gap.NONE;
    }
    boolean isInner = type == 2 || type == 5;
    int cells = unsigned(pages, page + header + 3);
    int content = unsigned(pages, page + header + 5);
    int from = header + (isInner ? 12 : 8) + 2 * cells;
    int to = content == 0 ? 65_536 : content;
    return from <= to && to <= usable ? new Gap(from, to) : Gap.NONE;
  }

  private static boolean isZero(ByteBuffer bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }
}
