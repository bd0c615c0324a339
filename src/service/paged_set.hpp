// A sorted set whose copies share what they have in common: it lies in pages, a copy is a copy of the
// pointers to them, and a change replaces the page it touches. So one event among many is changed without
// writing the others down again, while those who read an older copy go on undisturbed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace convoke::service {

// `Less` is transparent: it compares elements with one another and with whatever is looked up. No two
// elements are equivalent.
template<class T, class Less = std::less<>>
class PagedSet {
  using Page = std::vector<T>;
  using Pages = std::vector<std::shared_ptr<const Page>>;

 public:
  static constexpr std::size_t largest_page = 256;

  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    const_iterator(const Pages* pages, std::size_t page, std::size_t at)
        : pages_(pages), page_(page), at_(at) {}

    reference operator*() const { return (*(*pages_)[page_])[at_]; }
    pointer operator->() const { return &**this; }
    const_iterator& operator++() {
      if (++at_ == (*pages_)[page_]->size()) {
        ++page_;
        at_ = 0;
      }
      return *this;
    }
    const_iterator operator++(int) {
      auto before = *this;
      ++*this;
      return before;
    }
    bool operator==(const const_iterator& other) const { return page_ == other.page_ && at_ == other.at_; }

   private:
    friend class PagedSet;
    const Pages* pages_ = nullptr;
    std::size_t page_ = 0, at_ = 0;
  };

  PagedSet() = default;
  // `sorted`: ascending, no two alike.
  explicit PagedSet(std::vector<T> sorted) : size_(sorted.size()) {
    auto from = std::make_move_iterator(sorted.begin());
    const auto end = std::make_move_iterator(sorted.end());
    while (from != end) {
      // Half full: the next insertions do not split at once.
      const auto to = from + std::min<std::ptrdiff_t>(largest_page / 2, end - from);
      pages_.push_back(std::make_shared<const Page>(from, to));
      from = to;
    }
  }

  const_iterator begin() const { return {&pages_, 0, 0}; }
  const_iterator end() const { return {&pages_, pages_.size(), 0}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // The first element that is not less than `key`.
  template<class Key>
  const_iterator lower_bound(const Key& key) const {
    const std::size_t page = page_of(key);
    if (page == pages_.size()) return end();
    return {&pages_, page, index_in(*pages_[page], key)};
  }

  template<class Key>
  const T* find(const Key& key) const {
    const auto found = lower_bound(key);
    return found != end() && !Less()(key, *found) ? &*found : nullptr;
  }

  // Inserts `value`, or puts it in the place of the one that is equivalent.
  void put(T value) {
    if (pages_.empty()) {
      pages_.push_back(std::make_shared<const Page>(1, std::move(value)));
      size_ = 1;
      return;
    }
    const std::size_t at_page = std::min(page_of(value), pages_.size() - 1);
    Page page = *pages_[at_page];
    const std::size_t at = index_in(page, value);
    if (at < page.size() && !Less()(value, page[at])) {
      page[at] = std::move(value);
    } else {
      page.insert(page.begin() + static_cast<std::ptrdiff_t>(at), std::move(value));
      ++size_;
    }
    replace(at_page, std::move(page));
  }

  // False when there was none.
  template<class Key>
  bool erase(const Key& key) {
    const std::size_t at_page = page_of(key);
    if (at_page == pages_.size()) return false;
    const std::size_t at = index_in(*pages_[at_page], key);
    if (Less()(key, (*pages_[at_page])[at])) return false;
    Page page = *pages_[at_page];
    page.erase(page.begin() + static_cast<std::ptrdiff_t>(at));
    --size_;
    replace(at_page, std::move(page));
    return true;
  }

  // How many pages `a` and `b` share; for tests.
  friend std::size_t shared_pages(const PagedSet& a, const PagedSet& b) {
    return static_cast<std::size_t>(std::count_if(a.pages_.begin(), a.pages_.end(), [&](const auto& page) {
      return std::find(b.pages_.begin(), b.pages_.end(), page) != b.pages_.end();
    }));
  }
  std::size_t page_count() const { return pages_.size(); }

 private:
  // The first page whose last element is not less than `key`.
  template<class Key>
  std::size_t page_of(const Key& key) const {
    const auto found = std::partition_point(pages_.begin(), pages_.end(),
                                            [&](const auto& page) { return Less()(page->back(), key); });
    return static_cast<std::size_t>(found - pages_.begin());
  }

  template<class Key>
  static std::size_t index_in(const Page& page, const Key& key) {
    const auto found =
        std::partition_point(page.begin(), page.end(), [&](const T& one) { return Less()(one, key); });
    return static_cast<std::size_t>(found - page.begin());
  }

  void replace(std::size_t at, Page page) {
    const auto position = pages_.begin() + static_cast<std::ptrdiff_t>(at);
    if (page.empty()) {
      pages_.erase(position);
    } else if (page.size() <= largest_page) {
      *position = std::make_shared<const Page>(std::move(page));
    } else {
      const auto middle = page.begin() + static_cast<std::ptrdiff_t>(page.size() / 2);
      auto upper = std::make_shared<const Page>(middle, page.end());
      page.erase(middle, page.end());
      *position = std::make_shared<const Page>(std::move(page));
      pages_.insert(position + 1, std::move(upper));
    }
  }

  Pages pages_;  // none is empty
  std::size_t size_ = 0;
};

}  // namespace convoke::service
