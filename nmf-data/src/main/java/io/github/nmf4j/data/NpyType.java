package io.github.nmf4j.data;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Optional;

/** The real number types of NumPy: how wide they are in a file and what holds them in memory. */
enum NpyType {
    BOOL("b1", 1, 1) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Bytes.truths(size);
        }
    },
    I1("i1", 1, 1) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Bytes.signed(size);
        }
    },
    I2("i2", 2, 2) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Shorts.signed(size);
        }
    },
    I4("i4", 4, 4) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Ints.signed(size);
        }
    },
    /** Beyond 2⁵³ the nearest {@code double}. */
    I8("i8", 8, 8) {
        @Override
        HeapStorage storage(int size) {
            return new HeapStorage.Doubles(size) {
                @Override
                Buffer view(ByteBuffer bytes) {
                    return bytes.asLongBuffer();
                }

                @Override
                void load(Buffer view, int index, int at, int n) {
                    LongBuffer from = (LongBuffer) view;
                    for (int i = 0; i < n; i++) {
                        values[at + i] = from.get(index + i);
                    }
                }
            };
        }
    },
    U1("u1", 1, 1) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Bytes.unsigned(size);
        }
    },
    U2("u2", 2, 2) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Shorts.unsigned(size);
        }
    },
    U4("u4", 4, 4) {
        @Override
        HeapStorage storage(int size) {
            return HeapStorage.Ints.unsigned(size);
        }
    },
    /** Beyond 2⁵³ the nearest {@code double}. */
    U8("u8", 8, 8) {
        @Override
        HeapStorage storage(int size) {
            return new HeapStorage.Doubles(size) {
                @Override
                Buffer view(ByteBuffer bytes) {
                    return bytes.asLongBuffer();
                }

                @Override
                void load(Buffer view, int index, int at, int n) {
                    LongBuffer from = (LongBuffer) view;
                    for (int i = 0; i < n; i++) {
                        long v = from.get(index + i);
                        // Halved to fit the sign; the bit that falls off is kept so that the rounding stays right.
                        values[at + i] = v >= 0 ? v : 2.0 * ((v >>> 1) | (v & 1));
                    }
                }
            };
        }
    },
    /** Held as {@code float}, which has every number of 16 bits. */
    F2("f2", 2, 4) {
        @Override
        HeapStorage storage(int size) {
            return new HeapStorage.Floats(size) {
                @Override
                Buffer view(ByteBuffer bytes) {
                    return bytes.asShortBuffer();
                }

                @Override
                void load(Buffer view, int index, int at, int n) {
                    ShortBuffer from = (ShortBuffer) view;
                    for (int i = 0; i < n; i++) {
                        values[at + i] = ofHalf(from.get(index + i));
                    }
                }
            };
        }
    },
    F4("f4", 4, 4) {
        @Override
        HeapStorage storage(int size) {
            return new HeapStorage.Floats(size);
        }
    },
    F8("f8", 8, 8) {
        @Override
        HeapStorage storage(int size) {
            return new HeapStorage.Doubles(size);
        }
    };

    private final String code;
    private final int bytes;
    private final int held;

    NpyType(String code, int bytes, int held) {
        this.code = code;
        this.bytes = bytes;
        this.held = held;
    }

    /** {@return the type of a code such as {@code f8}, without its byte order} */
    static Optional<NpyType> of(String code) {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    abstract HeapStorage storage(int size);

    /** {@return bytes of an entry in the file} */
    int bytes() {
        return bytes;
    }

    /** {@return bytes of an entry in memory} */
    int held() {
        return held;
    }

    boolean isInteger() {
        return this != F2 && this != F4 && this != F8;
    }

    private static float ofHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0) { // ±0 and subnormal numbers: fraction · 2⁻²⁴, exact in a float
            float size = fraction * 0x1p-24f;
            return sign == 0 ? size : -size;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent + 112; // ∞ and NaN; otherwise from bias 15 to bias 127
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
