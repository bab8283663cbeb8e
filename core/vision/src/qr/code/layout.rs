//! Which module of a symbol is what: function patterns with their colour, format, and the order of the data modules.

/// What a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// Part of a finder, timing or alignment pattern, or a separator: its colour is known.
    Fixed {
        /// Dark or light.
        dark: bool,
    },
    /// Format or version information.
    Information,
    /// Data or error correction.
    Data,
}

/// The modules of one version.
#[derive(Debug)]
pub(crate) struct Layout {
    version: usize,
    size: usize,
    modules: Vec<Module>,
    order: Vec<(u8, u8)>,
}

impl Layout {
    /// `version` from 1 to 40.
    pub(crate) fn new(version: usize) -> Option<Self> {
        if !(1..=40).contains(&version) {
            return None;
        }
        let size = 17 + 4 * version;
        let mut layout = Self { version, size, modules: vec![Module::Data; size * size], order: Vec::new() };
        layout.draw_timing();
        layout.draw_alignment();
        layout.draw_information();
        layout.draw_finders();
        layout.order = layout.data_order();
        Some(layout)
    }

    /// 1 to 40.
    pub(crate) fn version(&self) -> usize {
        self.version
    }

    /// Modules on a side.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// What the module in this column and row is; data outside the symbol.
    pub(crate) fn module(&self, column: usize, row: usize) -> Module {
        if column >= self.size {
            return Module::Data;
        }
        self.modules.get(row * self.size + column).copied().unwrap_or(Module::Data)
    }

    /// The colour of a module where it is known: dark or not.
    pub(crate) fn fixed(&self, column: usize, row: usize) -> Option<bool> {
        match self.module(column, row) {
            Module::Fixed { dark } => Some(dark),
            Module::Information | Module::Data => None,
        }
    }

    /// Columns and rows of the data modules, in the order of their bits (clause 7.7.3).
    pub(crate) fn order(&self) -> &[(u8, u8)] {
        &self.order
    }

    /// Whole codewords in the symbol.
    pub(crate) fn codewords(&self) -> usize {
        self.order.len() / 8
    }

    /// Centres of the alignment patterns in one direction (annex E); none in version 1.
    pub(crate) fn alignment(&self) -> impl DoubleEndedIterator<Item = usize> + Clone + use<> {
        let count = if self.version == 1 { 0 } else { self.version / 7 + 2 };
        // Evenly spaced from the far end by an even step; version 32 is the one exception.
        let step = match self.version {
            1 => 0,
            32 => 26,
            _ => (4 * self.version + 2 * count + 1) / (2 * count - 2) * 2,
        };
        let last = self.size - 7;
        (0..count).map(move |i| if i == 0 { 6 } else { last - step * (count - 1 - i) })
    }

    /// Centres of alignment patterns that do not meet a finder, as columns and rows.
    pub(crate) fn alignment_centres(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (first, last) = (6, self.size - 7);
        let places = self.alignment();
        places
            .clone()
            .flat_map(move |row| places.clone().map(move |column| (column, row)))
            .filter(move |&centre| centre != (first, first) && centre != (first, last) && centre != (last, first))
    }

    fn set(&mut self, column: usize, row: usize, module: Module) {
        if let Some(place) = self.modules.get_mut(row * self.size + column) {
            *place = module;
        }
    }

    fn draw_timing(&mut self) {
        for i in 0..self.size {
            let module = Module::Fixed { dark: i % 2 == 0 };
            self.set(i, 6, module);
            self.set(6, i, module);
        }
    }

    fn draw_alignment(&mut self) {
        for (column, row) in self.alignment_centres().collect::<Vec<_>>() {
            for (dx, dy) in (0..5_usize).flat_map(|dy| (0..5_usize).map(move |dx| (dx, dy))) {
                let ring = dx.abs_diff(2).max(dy.abs_diff(2));
                self.set(column + dx - 2, row + dy - 2, Module::Fixed { dark: ring != 1 });
            }
        }
    }

    fn draw_information(&mut self) {
        for i in 0..9 {
            self.set(i, 8, Module::Information);
            self.set(8, i, Module::Information);
        }
        for i in self.size - 8..self.size {
            self.set(i, 8, Module::Information);
            self.set(8, i, Module::Information);
        }
        if self.version >= 7 {
            for (short, long) in (0..3).flat_map(|short| (0..6).map(move |long| (short, long))) {
                self.set(self.size - 11 + short, long, Module::Information);
                self.set(long, self.size - 11 + short, Module::Information);
            }
        }
        // The one dark module beside the lower finder (clause 7.9.1); timing where information crosses it.
        self.set(8, self.size - 8, Module::Fixed { dark: true });
        self.set(8, 6, Module::Fixed { dark: true });
        self.set(6, 8, Module::Fixed { dark: true });
    }

    /// Finders with their separators: 9 x 9 modules about each centre, as far as they are in the symbol.
    fn draw_finders(&mut self) {
        let far = self.size - 4;
        for (column, row) in [(3, 3), (far, 3), (3, far)] {
            for y in row.saturating_sub(4)..(row + 5).min(self.size) {
                for x in column.saturating_sub(4)..(column + 5).min(self.size) {
                    let ring = x.abs_diff(column).max(y.abs_diff(row));
                    self.set(x, y, Module::Fixed { dark: ring != 2 && ring != 4 });
                }
            }
        }
    }

    /// Two columns at a time from the right, up and down in turn, past the timing column.
    fn data_order(&self) -> Vec<(u8, u8)> {
        let mut order = Vec::with_capacity(self.size * self.size);
        let rights = (1..self.size).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right });
        for (pass, right) in rights.enumerate() {
            for i in 0..self.size {
                let row = if pass % 2 == 0 { self.size - 1 - i } else { i };
                for column in [right, right - 1] {
                    if self.module(column, row) == Module::Data {
                        order.push((column as u8, row as u8));
                    }
                }
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_the_standards_number_of_codewords() {
        // Table 1: data capacity in codewords.
        let known = [(1, 26), (2, 44), (6, 172), (7, 196), (9, 292), (14, 581), (21, 1156), (32, 2465), (40, 3706)];
        for (version, codewords) in known {
            assert_eq!(Layout::new(version).unwrap().codewords(), codewords, "version {version}");
        }
    }

    #[test]
    fn alignment_patterns_lie_where_annex_e_says() {
        let places = |version| Layout::new(version).unwrap().alignment().collect::<Vec<_>>();
        assert_eq!(places(1), []);
        assert_eq!(places(2), [6, 18]);
        assert_eq!(places(7), [6, 22, 38]);
        assert_eq!(places(32), [6, 34, 60, 86, 112, 138]);
        assert_eq!(places(40), [6, 30, 58, 86, 114, 142, 170]);
    }

    #[test]
    fn there_is_no_version_0_or_41() {
        assert!(Layout::new(0).is_none() && Layout::new(41).is_none());
    }
}
