package dev.usher.runner;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has a class call {@link Exit#exit} where it calls {@link System#exit}. Code names a method by a
 * number in the constant pool, so nothing is changed but that pool: the method's class becomes
 * another one, which is added at its end (JVM specification, chapter 4.4).
 */
final class ExitGuard {

  private static final int POOL = 8;
  private static final int MAX_SIZE = 0xFFFF;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int METHOD_HANDLE = 15;
  private static final String SUBSTITUTE = Exit.class.getName().replace('.', '/');

  private final byte[] code;
  private final ByteBuffer bytes;
  private final int[] offsets;
  private final int end;

  private ExitGuard(byte[] code) {
    this.code = code;
    this.bytes = ByteBuffer.wrap(code);
    this.offsets = new int[size()];
    int at = POOL + 2;
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = at;
      int tag = code[at];
      at += length(at);
      if (tag == LONG || tag == DOUBLE) {
        i++;
      }
    }
    this.end = at;
  }

  /** The class file to define; the same one where it does not end the process. */
  static byte[] guarded(byte[] code) {
    ExitGuard guard = new ExitGuard(code);
    List<Integer> exits = guard.exits();
    boolean hasRoom = guard.size() + 2 <= MAX_SIZE;
    return exits.isEmpty() || !hasRoom ? code : guard.substituted(exits);
  }

  private int size() {
    return Short.toUnsignedInt(bytes.getShort(POOL));
  }

  /** Bytes that the constant at this place takes, its tag included. */
  private int length(int at) {
    return switch (code[at]) {
      case UTF8 -> 3 + Short.toUnsignedInt(bytes.getShort(at + 1));
      case LONG, DOUBLE -> 9;
      case CLASS, 8, 16, 19, 20 -> 3;
      case METHOD_HANDLE -> 4;
      default -> 5;
    };
  }

  /** Where the pool names the method: nowhere, mostly. */
  private List<Integer> exits() {
    return IntStream.of(offsets)
        .filter(at -> at > 0 && code[at] == METHOD && isExit(at))
        .boxed()
        .toList();
  }

  private boolean isExit(int method) {
    int nameAndType = referred(method + 3);
    return text(referred(referred(method + 1) + 1)).equals("java/lang/System")
        && text(referred(nameAndType + 1)).equals("exit")
        && text(referred(nameAndType + 3)).equals("(I)V");
  }

  private int referred(int at) {
    return offsets[Short.toUnsignedInt(bytes.getShort(at))];
  }

  private String text(int at) {
    int length = Short.toUnsignedInt(bytes.getShort(at + 1));
    return new String(code, at + 3, length, StandardCharsets.UTF_8);
  }

  private byte[] substituted(List<Integer> methods) {
    byte[] name = SUBSTITUTE.getBytes(StandardCharsets.UTF_8);
    ByteBuffer more = ByteBuffer.allocate(3 + name.length + 3);
    more.put((byte) UTF8).putShort((short) name.length).put(name);
    more.put((byte) CLASS).putShort((short) size());
    ByteArrayOutputStream changed = new ByteArrayOutputStream(code.length + more.capacity());
    changed.write(code, 0, end);
    changed.writeBytes(more.array());
    changed.write(code, end, code.length - end);
    byte[] result = changed.toByteArray();
    ByteBuffer pool = ByteBuffer.wrap(result).putShort(POOL, (short) (size() + 2));
    methods.forEach(method -> pool.putShort(method + 1, (short) (size() + 1)));
    return result;
  }
}
