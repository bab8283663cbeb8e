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
    /// Whether it is what the page waits for: the citizen, time, or a reply.
    pub is_on: bool,
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

/// Pages at home.
const HOME: [&str; 4] = ["home", "home-account", "home-account-locked", "home-devices"];

/// States that are looked around in at once, by two threads.
const AT_ONCE: usize = 64;

/// What was found around one state.
struct Seen {
    ways: Vec<(Way, To)>,
    broken: Vec<String>,
}

/// Where a way leads.
enum To {
    /// To a state that was met before; or nowhere, where it was refused.
    Known(Option<usize>),
    /// To one that was not met before these.
    New(Look, Box<Stage>),
}

/// Around each of these states.
fn looked_around(some: &[(usize, Stage)], numbers: &BTreeMap<Look, usize>) -> Vec<(usize, Seen)> {
    let around = |some: &[(usize, Stage)]| -> Vec<(usize, Seen)> {
        some.iter().map(|(number, stage)| (*number, look_around(stage, numbers))).collect()
    };
    let (one, other) = some.split_at(some.len() / 2);
    std::thread::scope(|scope| {
        let one = scope.spawn(|| around(one));
        let other = around(other);
        let mut all = one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        all.extend(other);
        all
    })
}

fn look_around(stage: &Stage, numbers: &BTreeMap<Look, usize>) -> Seen {
    let mut seen = Seen { ways: Vec::new(), broken: Vec::new() };
    for happening in happenings(stage) {
        let mut after = stage.clone();
        let to = if let Ok(step) = make(&mut after, &happening) {
            let look = Look::of(&after, &step.page);
            numbers.get(&look).copied().map_or_else(|| To::New(look, Box::new(after)), |to| To::Known(Some(to)))
        } else {
            if stage.model() != after.model() || stage.held() != after.held() {
                seen.broken.push(format!("{}: {}", stage.page().id, happening.name()));
            }
            To::Known(None)
        };
        let is_citizens = happening.is_citizens();
        let is_on = is_citizens || matches!(happening, Happening::Reply(..));
        seen.ways.push((Way { name: happening.name(), is_citizens, is_on, to: None }, to));
    }
    seen
}

impl Walk {
    /// Through everything.
    #[must_use]
    pub fn through() -> Self {
        let mut walk = Self { nodes: Vec::new(), broken: Vec::new() };
        let mut numbers = BTreeMap::new();
        let mut open = VecDeque::new();
        let first = Stage::new(Language::Vi);
        walk.meet(Look::of(&first, &first.page()), first, &mut numbers, &mut open);
        while !open.is_empty() {
            let some: Vec<(usize, Stage)> = open.drain(..open.len().min(AT_ONCE)).collect();
            for (number, seen) in looked_around(&some, &numbers) {
                walk.broken.extend(seen.broken);
                let ways = seen.ways.into_iter().map(|(way, to)| match to {
                    To::Known(to) => Way { to, ..way },
                    To::New(look, stage) => Way { to: Some(walk.meet(look, *stage, &mut numbers, &mut open)), ..way },
                });
                let ways = ways.collect();
                if let Some(node) = walk.nodes.get_mut(number) {
                    node.ways = ways;
                }
            }
        }
        walk
    }

    fn meet(
        &mut self,
        look: Look,
        stage: Stage,
        numbers: &mut BTreeMap<Look, usize>,
        open: &mut VecDeque<(usize, Stage)>,
    ) -> usize {
        if let Some(number) = numbers.get(&look) {
            return *number;
        }
        let number = self.nodes.len();
        numbers.insert(look.clone(), number);
        let (page, english) = (stage.page_in(Language::Vi), stage.page_in(Language::En));
        self.nodes.push(Node { look, page, english, ways: Vec::new() });
        open.push_back((number, stage));
        number
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
        let home = self.reaching_home();
        let mut found = Vec::new();
        for (number, node) in self.nodes.iter().enumerate() {
            let place = || format!("{} {:?}", node.look.page, node.look.shows);
            let leads_on = node.ways.iter().any(|way| way.is_on && way.to.is_some_and(|to| to != number));
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

    /// States from which home is reached by what the citizen does, and time; where something is under way, also by its end: a call ends
    /// within a minute, well or not.
    fn reaching_home(&self) -> BTreeSet<usize> {
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (number, node) in self.nodes.iter().enumerate() {
            let is_under_way = node.page.parts.iter().any(|part| matches!(part, Part::Progress { .. }));
            let ways = node.ways.iter().filter(|way| way.is_citizens || is_under_way && way.is_on);
            for to in ways.filter_map(|way| way.to) {
                if let Some(from) = back.get_mut(to) {
                    from.push(number);
                }
            }
        }
        let is_home = |node: &&Node| HOME.contains(&node.look.page.as_str());
        let numbered = self.nodes.iter().enumerate();
        let start = numbered.filter(|(_, node)| is_home(node)).map(|(number, _)| number);
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
