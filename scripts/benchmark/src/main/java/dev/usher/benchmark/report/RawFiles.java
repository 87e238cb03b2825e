package dev.usher.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/** What the report was made from, for machines. */
record RawFiles(Measurements measurements) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("rounds.json").toFile(), rounds());
    JSON.writeValue(folder.resolve("histograms.json").toFile(), histograms());
  }

  private ObjectNode rounds() {
    ObjectNode json = JSON.createObjectNode();
    for (String part : measurements.parts()) {
      ObjectNode rows = json.putObject(part);
      for (String row : measurements.rows(part)) {
        ObjectNode figures = rows.putObject(row);
        for (Column column : measurements.columns(part)) {
          ArrayNode values = JSON.createArrayNode();
          measurements.values(part, row, column).forEach(value -> values.add(rounded(value)));
          if (!values.isEmpty()) {
            figures.set(column.name(), values);
          }
        }
      }
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private ArrayNode histograms() {
    ArrayNode json = JSON.createArrayNode();
    for (Measurements.Times times : measurements.times()) {
      ObjectNode entry = json.addObject();
      entry.put("part", times.part()).put("row", times.row()).put("round", times.round());
      Histogram micros = times.micros();
      entry.put("unit", "µs").put("count", micros.getTotalCount());
      ObjectNode percentiles = entry.putObject("percentiles");
      for (double percentile : PERCENTILES) {
        percentiles.put(Double.toString(percentile), micros.getValueAtPercentile(percentile));
      }
      entry.put("hdr", encoded(micros));
    }
    return json;
  }

  /** As HdrHistogram's own tools read it. */
  private static String encoded(Histogram histogram) {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes, Deflater.BEST_COMPRESSION);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
