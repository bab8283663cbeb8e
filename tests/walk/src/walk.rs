//! The walk.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use citizen_journeys::rehearsal::Stage;
use citizen_journeys::{Page, Part, Tone};
use citizen_text::Language;

use crate::happening::{Happening, happenings, make};
use crate::look::{Look, said};

/// Where a happening leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What happens.
    pub name: String,
    /// Whether the citizen does it, or time.
    pub is_citizens: bool,
    /// The state that comes of it, by its number; none if it was refused.
    pub to: Option<usize>,
}

/// A state, as it looks.
pub struct Node {
    /// How it looks.
    pub look: Look,
    /// Its page, in Vietnamese.
    pub page: Page,
    /// The same in English.
    pub english: Page,
    /// Everything that can happen there.
    pub ways: Vec<Way>,
}

/// Every state that can be reached, the first one first.
pub struct Walk {
    /// By number.
    pub nodes: Vec<Node>,
    /// Happenings that were refused and changed something after all.
    pub broken: Vec<String>,
}

impl Walk {
    /// Through everything.
    #[must_use]
    pub fn through() -> Self {
        let mut numbers = BTreeMap::new();
        let mut stages = VecDeque::new();
        let mut walk = Self { nodes: Vec::new(), broken: Vec::new() };
        walk.meet(Stage::new(Language::Vi), &mut numbers, &mut stages);
        while let Some((number, stage)) = stages.pop_front() {
            let mut ways = Vec::new();
            for happening in happenings(&stage) {
                let mut after = stage.clone();
                let to = match make(&mut after, &happening) {
                    Ok(_) => Some(walk.meet(after, &mut numbers, &mut stages)),
                    Err(_) => {
                        walk.check_unchanged(&stage, &after, &happening);
                        None
                    }
                };
                ways.push(Way { name: happening.name(), is_citizens: happening.is_citizens(), to });
            }
            if let Some(node) = walk.nodes.get_mut(number) {
                node.ways = ways;
            }
        }
        walk
    }

    fn meet(
        &mut self,
        stage: Stage,
        numbers: &mut BTreeMap<Look, usize>,
        stages: &mut VecDeque<(usize, Stage)>,
    ) -> usize {
        let look = Look::of(&stage);
        if let Some(number) = numbers.get(&look) {
            return *number;
        }
        let number = self.nodes.len();
        numbers.insert(look.clone(), number);
        let (page, english) = (stage.page_in(Language::Vi), stage.page_in(Language::En));
        self.nodes.push(Node { look, page, english, ways: Vec::new() });
        stages.push_back((number, stage));
        number
    }

    fn check_unchanged(&mut self, before: &Stage, after: &Stage, happening: &Happening) {
        if before.model() != after.model() || before.held() != after.held() {
            self.broken.push(format!("{}: {}", before.page().id, happening.name()));
        }
    }

    /// Pairs of a state and a happening: those that moved, and those that were refused.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let ways = || self.nodes.iter().flat_map(|node| &node.ways);
        (ways().filter(|way| way.to.is_some()).count(), ways().filter(|way| way.to.is_none()).count())
    }

    /// States in which somebody is stuck, with why.
    #[must_use]
    pub fn dead_ends(&self) -> Vec<String> {
        let home = self.reaching("home");
        let mut found = Vec::new();
        for (number, node) in self.nodes.iter().enumerate() {
            let place = || format!("{} {:?}", node.look.page, node.look.shows);
            let leads_on = node.ways.iter().any(|way| way.to.is_some_and(|to| to != number));
            if !leads_on {
                found.push(format!("no way on: {}", place()));
            }
            if !home.contains(&number) {
                found.push(format!("no way back by the citizen's own doing: {}", place()));
            }
            for page in [&node.page, &node.english] {
                found.extend(without_reason(page).map(|why| format!("{why}: {}", place())));
            }
        }
        found
    }

    /// States from which a page is reached by what the citizen does, and time.
    fn reaching(&self, page: &str) -> BTreeSet<usize> {
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (number, node) in self.nodes.iter().enumerate() {
            for to in node.ways.iter().filter(|way| way.is_citizens).filter_map(|way| way.to) {
                if let Some(from) = back.get_mut(to) {
                    from.push(number);
                }
            }
        }
        let start = self.nodes.iter().enumerate().filter(|(_, node)| node.look.page == page).map(|(number, _)| number);
        let mut open: Vec<usize> = start.collect();
        let mut reached: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(number) = open.pop() {
            for from in back.get(number).into_iter().flatten() {
                if reached.insert(*from) {
                    open.push(*from);
                }
            }
        }
        reached
    }
}

/// A page that stops somebody says why, with a code and somebody to ask; a page that is busy says with what.
fn without_reason(page: &Page) -> Option<&'static str> {
    let can = |id: &str| page.actions.iter().any(|action| action.id == id && action.enabled);
    for part in &page.parts {
        match part {
            Part::Notice { tone: Tone::Danger, code: None, .. } => return Some("a stop without a support code"),
            Part::Notice { code: Some(_), .. } if !can("help") && !can("call") => return Some("a stop without help"),
            _ => {}
        }
    }
    if page.actions.is_empty()
        && !page.can_go_back
        && !page.parts.iter().any(|part| matches!(part, Part::Progress { .. }))
    {
        return Some("nothing to do, and nothing under way");
    }
    said(page).iter().any(|said| said.text == said.id || said.text.trim().is_empty()).then_some("a text is missing")
}
