package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.parallel.RandomStream;
import java.util.SplittableRandom;

/** Equally many inputs of every block, drawn at random; slots in the order of their inputs. */
record PatternStart(int block) implements ConnectionStart {

    @Override
    public void connect(FixedFanIn rows, int firstIndexRow, long seed) {
        int held = rows.width() / (rows.inputs() / block);
        for (int row = 0; row < rows.indexRows(); row++) {
            SplittableRandom random = RandomStream.of(seed, 0, firstIndexRow + row);
            int slot = 0;
            for (int first = 0; first < rows.inputs(); first += block) {
                int wanted = held;
                // selection sampling (Knuth, TAOCP 2, algorithm S): each input with chance wanted / left
                for (int i = 0; i < block; i++) {
                    if (random.nextInt(block - i) < wanted) {
                        rows.connect(row, slot++, first + i);
                        wanted--;
                    }
                }
            }
        }
    }
}
