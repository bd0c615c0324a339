#include "service/fragment_cache.hpp"

#include <algorithm>
#include <utility>

namespace convoke::service {
namespace {

// A calendar has either tasks or events, for most programs that read the one drop the other (feeds.md rule
// 41).
calendar::RenderedEvent render(const Event& event, const calendar::FeedView& view,
                               const calendar::EventContext& context) {
  auto fragment = calendar::render_event(event, view, context);
  const bool wants_tasks = view.periods == calendar::VaguePeriods::todo;
  if (fragment.is_todo != wants_tasks) fragment.text.clear();
  return calendar::shared_fragment(std::move(fragment));
}

}  // namespace

std::size_t FragmentCache::size_of(const Entry& entry) {
  // The entry with its place in the table, and the allocations of what it shares, about.
  constexpr std::size_t overhead = sizeof(Key) + sizeof(Entry) + 96;
  const auto& [member, text] = entry.rendered;
  if (!member) return overhead;
  return overhead + sizeof(calendar::FeedMember) + member->uid.capacity() + sizeof(std::string) +
         text->capacity();
}

std::size_t FragmentCache::number_of(const calendar::FeedView& view) {
  const auto found = std::find(views_.begin(), views_.end(), view);
  if (found != views_.end()) return static_cast<std::size_t>(found - views_.begin());
  if (views_.size() == most_views) {
    views_.clear();
    young_.clear();
    old_.clear();
    young_bytes_ = old_bytes_ = 0;
  }
  views_.push_back(view);
  return views_.size() - 1;
}

const FragmentCache::Entry* FragmentCache::find(const Key& key, Entries& dropped) {
  if (const auto found = young_.find(key); found != young_.end()) return &found->second;
  auto node = old_.extract(key);
  if (!node) return nullptr;
  const auto size = size_of(node.mapped());
  old_bytes_ -= size;
  young_bytes_ += size;
  const auto* entry = &young_.insert(std::move(node)).position->second;
  make_room(dropped);  // moves tables, not their nodes
  return entry;
}

void FragmentCache::keep(const Key& key, Entry entry, Entries& dropped) {
  if (const auto known = young_.find(key); known != young_.end()) young_bytes_ -= size_of(known->second);
  if (const auto known = old_.find(key); known != old_.end()) {
    old_bytes_ -= size_of(known->second);
    old_.erase(known);
  }
  young_bytes_ += size_of(entry);
  young_[key] = std::move(entry);
  make_room(dropped);
}

void FragmentCache::make_room(Entries& dropped) {
  if (young_bytes_ <= most_bytes_ / 2) return;
  dropped.merge(old_);
  old_.clear();
  old_.swap(young_);
  old_bytes_ = std::exchange(young_bytes_, 0);
}

std::vector<calendar::RenderedEvent> FragmentCache::rendered(const calendar::FeedView& view,
                                                             const std::vector<SharedEvent>& events,
                                                             const ContextOf& context_of) {
  std::vector<calendar::RenderedEvent> found(events.size());
  std::vector<std::size_t> missing;
  Entries dropped;  // freed without the lock
  {
    const std::lock_guard lock(mutex_);
    const auto number = number_of(view);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto* entry = find({number, events[i]->id}, dropped);
      if (entry && entry->event == events[i])
        found[i] = entry->rendered;
      else
        missing.push_back(i);
    }
  }
  if (missing.empty()) return found;
  for (const auto i : missing) found[i] = render(*events[i], view, context_of(*events[i]));
  {
    const std::lock_guard lock(mutex_);
    const auto number = number_of(view);
    for (const auto i : missing) keep({number, events[i]->id}, {events[i], found[i]}, dropped);
    renderings_ += missing.size();
  }
  return found;
}

std::size_t FragmentCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return young_bytes_ + old_bytes_;
}

std::size_t FragmentCache::renderings() const {
  const std::lock_guard lock(mutex_);
  return renderings_;
}

}  // namespace convoke::service
