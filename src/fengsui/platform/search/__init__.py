"""Finding records by what people type: characters, pinyin, initials, numbers."""
