//! Walking Fluent's syntax tree.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};

/// A leaf of a pattern.
pub(crate) enum Leaf<'a> {
    Text(&'a str),
    Inline(&'a InlineExpression<String>),
    Select(&'a InlineExpression<String>, Vec<&'a str>),
}

/// All leaves, of all variants, in the file's order.
pub(crate) fn leaves(pattern: &Pattern<String>) -> Vec<Leaf<'_>> {
    let leaves = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => vec![Leaf::Text(value)],
        PatternElement::Placeable { expression } => of_expression(expression),
    });
    leaves.flatten().collect()
}

fn of_expression(expression: &Expression<String>) -> Vec<Leaf<'_>> {
    match expression {
        Expression::Inline(InlineExpression::Placeable { expression }) => of_expression(expression),
        Expression::Inline(inline) => vec![Leaf::Inline(inline)],
        Expression::Select { selector, variants } => {
            let keys = variants.iter().map(|variant| match &variant.key {
                VariantKey::Identifier { name } => name.as_str(),
                VariantKey::NumberLiteral { value } => value.as_str(),
            });
            let own = vec![Leaf::Select(selector, keys.collect())];
            own.into_iter().chain(variants.iter().flat_map(|variant| leaves(&variant.value))).collect()
        }
    }
}

/// Names of variables.
pub(crate) fn variables(pattern: &Pattern<String>) -> Vec<String> {
    let named = leaves(pattern).into_iter().filter_map(|leaf| match leaf {
        Leaf::Inline(InlineExpression::VariableReference { id })
        | Leaf::Select(InlineExpression::VariableReference { id }, _) => Some(id.name.clone()),
        _ => None,
    });
    named.collect()
}

/// Variables that are selected by, with the keys.
pub(crate) fn selectors(pattern: &Pattern<String>) -> Vec<(String, Vec<String>)> {
    let selected = leaves(pattern).into_iter().filter_map(|leaf| match leaf {
        Leaf::Select(InlineExpression::VariableReference { id }, keys) => {
            Some((id.name.clone(), keys.into_iter().map(str::to_owned).collect()))
        }
        _ => None,
    });
    selected.collect()
}

/// Ids of messages referred to.
pub(crate) fn messages(pattern: &Pattern<String>) -> Vec<String> {
    let referred = leaves(pattern).into_iter().filter_map(|leaf| match leaf {
        Leaf::Inline(InlineExpression::MessageReference { id, .. }) => Some(id.name.clone()),
        _ => None,
    });
    referred.collect()
}

/// The text alone, a space where a value stands.
pub(crate) fn text(pattern: &Pattern<String>) -> String {
    let texts = leaves(pattern).into_iter().map(|leaf| match leaf {
        Leaf::Text(text) => text.to_owned(),
        Leaf::Inline(InlineExpression::StringLiteral { value }) => value.clone(),
        Leaf::Inline(_) | Leaf::Select(..) => " ".to_owned(),
    });
    texts.collect()
}
